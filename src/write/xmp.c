/* xmp.c: one packet, property by property in the order of the table in ISO 19005-1, 6.7.3. */
#include "write/xmp.h"

#include "write/drawing.h"

static void add(zp_buf *out, const char *before, zp_str text, const char *after)
{
    if (text.n == 0)
        return;
    zp_buf_add(out, zp_str_from(before));
    zp_markup_add(out, text);
    zp_buf_add(out, zp_str_from(after));
    zp_buf_byte(out, '\n');
}

/* PDF/UA's schema is none that PDF/A predefines, so it describes itself (ISO 19005-2, 6.6.2.3). */
static void add_ua(zp_buf *out)
{
    zp_buf_lit(
        out, "<pdfuaid:part>1</pdfuaid:part>\n"
             "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
             "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
             "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
             "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
             "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
             "<pdfaProperty:name>part</pdfaProperty:name>\n"
             "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
             "<pdfaProperty:category>internal</pdfaProperty:category>\n"
             "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>\n"
             "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
             "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n");
}

static void add_standard(zp_buf *out, const zp_standard *standard)
{
    if (standard->part > 0)
        zp_buf_format(out,
                      "<pdfaid:part>%u</pdfaid:part>\n"
                      "<pdfaid:conformance>%c</pdfaid:conformance>\n",
                      standard->part, standard->level);
    if (standard->accessible)
        add_ua(out);
}

void zp_xmp_write(const zp_xmp_facts *facts, zp_buf *out)
{
    zp_buf_lit(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"");
    if (facts->standard->accessible)
        zp_buf_lit(out, " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    zp_buf_lit(out, ">\n<dc:format>application/pdf</dc:format>\n"
                    "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n");
    add(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
        "</rdf:li></rdf:Alt></dc:title>");
    add(out, "<dc:creator><rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq></dc:creator>");
    add(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
        "</rdf:li></rdf:Alt></dc:description>");
    add(out, "<xmp:CreatorTool>", facts->creator, "</xmp:CreatorTool>");
    add(out, "<xmp:CreateDate>", facts->date, "</xmp:CreateDate>");
    add(out, "<xmp:ModifyDate>", facts->date, "</xmp:ModifyDate>");
    add(out, "<pdf:Producer>", facts->producer, "</pdf:Producer>");
    add_standard(out, facts->standard);
    zp_buf_lit(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
}
