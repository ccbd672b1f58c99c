import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates files: a line of standard input is a flavour (1a, 2a, ua1 …), a tab and a path. Prints a
 * line each, with what failed below, and ends with status 1 if anything did.
 */
public final class Runner {
    private static final int SHOWN = 8;

    private static boolean validate(String name, String path) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("no such flavour: " + name);
        }
        try (FileInputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            boolean good = result.isCompliant() && result.getTotalAssertions() > 0;
            System.out.println((good ? "valid " : "INVALID ") + name + " " + path);
            if (!good) {
                print(result);
            }
            return good;
        }
    }

    private static void print(ValidationResult result) {
        TreeMap<String, Integer> seen = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() != TestAssertion.Status.FAILED) {
                continue;
            }
            String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            if (seen.merge(rule, 1, Integer::sum) <= SHOWN) {
                System.out.println("    " + rule + ": " + assertion.getMessage() + " at "
                        + assertion.getLocation().getContext());
            }
        }
        System.out.println("    " + seen);
    }

    public static void main(String[] words) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int files = 0;
        int faults = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t", 2);
            files++;
            if (!validate(parts[0], parts[1])) {
                faults++;
            }
        }
        System.out.println(files + " validated, " + faults + " invalid");
        System.exit(files == 0 || faults > 0 ? 1 : 0);
    }
}
