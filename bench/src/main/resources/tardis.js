// The recorded messages through tardis-dev: JSON.parse, then its normaliser for trades, book changes and book
// tickers, as its streamNormalized does behind the socket. For each line on standard input, a number of passes,
// it prints the processor time of the whole process in ns (collections included) and how many normalised messages
// came of the last pass.
//
//   node tardis.js CORPUS MODULE
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const [corpus, module_] = process.argv.slice(2);
const tardis = require(module_);
const { normalizeMessages } = require(path.join(module_, 'dist', 'handy.js'));

const EXCHANGE = 'binance-futures';
const file = fs.readFileSync(corpus);
let at = 0;
const number = () => {
  at += 4;
  return file.readInt32LE(at - 4);
};
for (let symbols = number(); symbols > 0; symbols--) {
  const length = number();
  at += length;
}
const messages = [];
for (let left = number(); left > 0; left--) {
  const length = number();
  messages.push(file.subarray(at, at + length));
  at += length;
}

const createMappers = (at) =>
  [tardis.normalizeTrades, tardis.normalizeBookChanges, tardis.normalizeBookTickers].map((m) => m(EXCHANGE, at));
const mappers = createMappers(new Date());

// Book changes are held back until there was a snapshot: one without levels that the first difference joins.
const first = messages.map((m) => JSON.parse(m)).find((m) => m.data && m.data.e === 'depthUpdate');
if (first) {
  const snapshot = { lastUpdateId: first.data.u, bids: [], asks: [] };
  const stream = first.data.s.toLowerCase() + '@depthSnapshot';
  for (const mapper of mappers.filter((m) => m.canHandle({ stream, data: snapshot }))) {
    Array.from(mapper.map({ stream, data: snapshot }, new Date()));
  }
}

async function* received() {
  for (const message of messages) {
    yield { localTimestamp: new Date(), message: JSON.parse(message.toString()) };
  }
}

async function pass() {
  let count = 0;
  const filter = (symbol) => symbol.length > 0;
  for await (const message of normalizeMessages(EXCHANGE, undefined, received(), mappers, createMappers, false, filter)) {
    count += message.type.length > 0 ? 1 : 0;
  }
  return count;
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let count = 0;
    const before = process.cpuUsage();
    for (let i = Number(line); i > 0; i--) {
      count = await pass();
    }
    const used = process.cpuUsage(before);
    process.stdout.write(`${(used.user + used.system) * 1000} ${count}\n`);
  }
})();
