// The same reports through Typst 0.14.
//
//   node typst.js cold REPORT.typ FONTS OUT.pdf   one report
//   node typst.js batch FOLDER FONTS              all of a folder, fonts loaded once; the first only warms up
//
// What Typst remembers of one report is forgotten before the next: reports of different offices share
// nothing. With TAGS=1 in the environment the PDFs are tagged, which is Typst's default.
'use strict';
const fs = require('fs');
const path = require('path');
const {NodeCompiler} = require('@myriaddreamin/typst-ts-node-compiler');

const [what, input, fonts, output] = process.argv.slice(2);
const options = {pdfTags: process.env.TAGS === '1', creationTimestamp: 0};

function open(workspace) {
  return NodeCompiler.create({workspace, fontArgs: [{fontPaths: [path.resolve(fonts)]}]});
}

function compile(compiler, file) {
  return compiler.pdf({mainFileContent: fs.readFileSync(file, 'utf8')}, options);
}

function cold() {
  fs.writeFileSync(output, compile(open(path.dirname(path.resolve(input))), input));
}

function batch() {
  const files = fs.readdirSync(input).filter(name => name.endsWith('.typ')).sort();
  const compiler = open(path.resolve(input));
  let used = 0, bytes = 0;
  files.forEach((name, i) => {
    const before = process.cpuUsage();
    const pdf = compile(compiler, path.join(input, name));
    compiler.evictCache(0);
    const cpu = process.cpuUsage(before);
    if (i === 0) return;
    used += (cpu.user + cpu.system) / 1000;
    bytes += pdf.length;
  });
  const count = files.length - 1;
  console.log(`sum reports=${count} cpu_ms=${(used / count).toFixed(3)}` +
              ` bytes=${Math.round(bytes / count)} peak_kb=${process.resourceUsage().maxRSS}`);
}

({cold, batch})[what]();
