import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.poi.schemas.ooxml.system.ooxml.TypeSystemHolder;
import org.apache.xmlbeans.SchemaTypeLoader;
import org.apache.xmlbeans.XmlBeans;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlException;
import org.apache.xmlbeans.XmlObject;
import org.apache.xmlbeans.XmlOptions;

/**
 * Holds documents against the schemas of ECMA-376 (transitional): a line of standard input is a path.
 * Prints a line each, with what is wrong below, and ends with status 1 if anything is.
 */
public final class Runner {
    private static final int SHOWN = 8;
    /** Parts whose schemas (ECMA-376 Part 2) are not among POI's. */
    private static final List<String> STRANGE = List.of("[Content_Types].xml", "docProps/core.xml");

    private static final SchemaTypeLoader LOADER = XmlBeans.typeLoaderUnion(TypeSystemHolder.typeSystem,
            XmlBeans.getBuiltinTypeSystem());

    private static void validate(ZipFile file, ZipEntry entry, List<String> faults)
            throws IOException, XmlException {
        List<XmlError> errors = new ArrayList<>();
        try (InputStream bytes = file.getInputStream(entry)) {
            XmlObject part = LOADER.parse(bytes, null, new XmlOptions());
            if (part.schemaType().getDocumentElementName() == null) {
                faults.add(entry.getName() + ": no such document element");
            } else {
                part.validate(new XmlOptions().setErrorListener(errors));
            }
        }
        for (XmlError error : errors) {
            faults.add(entry.getName() + ": " + error.getMessage());
        }
    }

    private static List<String> validate(String path) throws IOException, XmlException {
        List<String> faults = new ArrayList<>();
        try (ZipFile file = new ZipFile(path)) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                boolean xml = entry.getName().endsWith(".xml") || entry.getName().endsWith(".rels");
                if (xml && !STRANGE.contains(entry.getName())) {
                    validate(file, entry, faults);
                }
            }
        }
        return faults;
    }

    public static void main(String[] words) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int files = 0;
        int invalid = 0;
        for (String path = lines.readLine(); path != null; path = lines.readLine()) {
            List<String> faults = validate(path);
            System.out.println((faults.isEmpty() ? "valid " : "INVALID ") + path);
            faults.stream().limit(SHOWN).forEach(fault -> System.out.println("    " + fault));
            files++;
            invalid += faults.isEmpty() ? 0 : 1;
        }
        System.out.println(files + " validated, " + invalid + " invalid");
        System.exit(files == 0 || invalid > 0 ? 1 : 0);
    }
}
