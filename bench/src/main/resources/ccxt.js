// The recorded messages through ccxt pro, from the message's text on: its client's onMessage and its class binanceusdm
// with the order book it keeps, which begins with the snapshot that was recorded among the messages. Nobody awaits
// what it makes of them. For each line on standard input, a number of passes, it prints the processor time of the
// whole process in ns (collections included) and a sum over the last pass's book (how many levels, and the best of
// both sides), the same as BookFigure's. It ends with an error where messages were passed over.
//
//   node ccxt.js CORPUS MODULE
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const [corpus, module_] = process.argv.slice(2);

const SYMBOL = 'BTC/USDT:USDT';
const MARKET = {
  id: 'BTCUSDT', symbol: SYMBOL, base: 'BTC', quote: 'USDT', settle: 'USDT', baseId: 'BTC', quoteId: 'USDT',
  settleId: 'USDT', type: 'swap', spot: false, margin: false, swap: true, future: false, option: false, contract: true,
  active: true, linear: true, inverse: false, contractSize: 1, precision: { price: 0.1, amount: 0.001 },
};
const HUNDREDTHS = 100;
const THOUSANDTHS = 1000;

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
const snapshotAt = messages.findIndex((m) => m.subarray(0, 16).toString().startsWith('{"lastUpdateId"'));
const snapshot = JSON.parse(messages[snapshotAt]);
const last = { depthUpdate: undefined, bookTicker: undefined, trade: undefined };
for (const message of messages.filter((m) => m.subarray(0, 9).toString() === '{"stream"')) {
  const { data } = JSON.parse(message);
  last[data.e] = data;
}

function exchangeOf(ccxt) {
  const exchange = new ccxt.pro.binanceusdm();
  exchange.setMarkets([exchange.safeMarketStructure(MARKET)]);
  exchange.fapiPublicGetDepth = () => new Promise((resolve) => {
    exchange.answer = resolve;
  });
  return exchange;
}

async function pass(exchange, client) {
  exchange.orderbooks = {};
  exchange.trades = {};
  exchange.bidsasks = {};
  exchange.answer = undefined;
  exchange.handleOrderBookSubscription(client, {}, { symbol: SYMBOL, limit: 1000, type: 'future', params: {} });
  for (let i = 0; i < messages.length; i++) {
    if (i === snapshotAt) {
      while (exchange.answer === undefined) {
        await new Promise(setImmediate);
      }
      exchange.answer(snapshot);
      while (exchange.orderbooks[SYMBOL].nonce === undefined) {
        await new Promise(setImmediate);
      }
    } else {
      client.onMessage({ data: messages[i].toString() });
    }
  }
}

function check(holds, what) {
  if (!holds) {
    throw new Error('ccxt did not take the messages whole: ' + what);
  }
}

function top(exchange, client) {
  const book = exchange.orderbooks[SYMBOL];
  const trades = exchange.trades[SYMBOL];
  check(Object.keys(client.rejections).length === 0, JSON.stringify(Object.keys(client.rejections)));
  check(book.nonce === Number(last.depthUpdate.u), `its book ends at ${book.nonce}`);
  check(exchange.bidsasks[SYMBOL].bid === Number(last.bookTicker.b), 'the last book ticker');
  check(trades[trades.length - 1].id === String(last.trade.t), 'the last trade');
  let sum = 31 * (book.bids.length + book.asks.length);
  for (const [side, factor] of [[book.bids, 7], [book.asks, 11]]) {
    sum += Math.round(side[0][0] * HUNDREDTHS) * factor + Math.round(side[0][1] * THOUSANDTHS) * (factor + 6);
  }
  return sum;
}

(async () => {
  const ccxt = (await import(path.join(module_, 'js', 'ccxt.js'))).default;
  const exchange = exchangeOf(ccxt);
  const client = exchange.client(exchange.getWsUrl('future', 'public'));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    for (let i = Number(line); i > 0; i--) {
      await pass(exchange, client);
    }
    const used = process.cpuUsage(before);
    process.stdout.write(`${(used.user + used.system) * 1000} ${top(exchange, client)}\n`);
  }
})();
