# strip.awk: C source as FILE:LINE:CODE, without comments and with strings and characters emptied,
# so that the other lints see code only.
FNR == 1 { comment = 0 }
{
    code = ""
    quote = ""
    for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        two = substr($0, i, 2)
        if (comment) {
            if (two == "*/") {
                comment = 0
                i++
            }
        } else if (quote != "") {
            if (c == "\\") {
                i++
            } else if (c == quote) {
                code = code c
                quote = ""
            }
        } else if (two == "/*") {
            comment = 1
            code = code " "
            i++
        } else if (two == "//") {
            break
        } else {
            if (c == "\"" || c == "'") quote = c
            code = code c
        }
    }
    print FILENAME ":" FNR ":" code
}
