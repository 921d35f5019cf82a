// Runs the real `chuchu serve` against a Telegram emulator that is not ours, and
// checks that everything said to it gets exactly one proper answer.
//
//   npm ci && node run.mjs PATH/TO/chuchu
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import TelegramServer from 'telegram-test-api';

const token = '666:AAE-emulator_secret_for_the_test';
const answerWithin = 90_000; // ms; the first start unpacks dictionaries and builds the index
const stopWithin = 10_000;
const question = '上海自贸区扩区后面积有多大？';
const proper = { text: question, want: /120\.72平方公里/, place: /第55段/ };

const binary = path.resolve(process.argv[2] ?? '../../chuchu');
let passed = 0;
let failed = 0;

async function check(name, f) {
  try {
    await f();
    passed++;
    console.log(`ok   ${name}`);
  } catch (e) {
    failed++;
    console.log(`FAIL ${name}: ${e.message}`);
  }
}

function assert(ok, message) {
  if (!ok) throw new Error(message);
}

async function freePort() {
  const s = createServer().listen(0, '127.0.0.1');
  await once(s, 'listening');
  const { port } = s.address();
  s.close();
  await once(s, 'close');
  return port;
}

const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const emulator = new TelegramServer({ port, host: '127.0.0.1', storeTimeout: 3600 });
await emulator.start();
const state = await mkdtemp(path.join(tmpdir(), 'chuchu-emulator-'));

// bot is the running program and all that it printed.
let output = '';
function start() {
  const env = {
    ...process.env,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ENDPOINT: `${base}/bot%s/%s`,
    CHUCHU_STATE: state,
  };
  for (const name of ['TELEGRAM_BOT_TOKEN_FILE', 'CHUCHU_LIBRARY']) delete env[name];
  const bot = spawn(binary, ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  bot.on('error', (e) => { output += `${e}\n`; });
  for (const stream of [bot.stdout, bot.stderr]) stream.on('data', (d) => { output += d; });
  bot.ended = new Promise((resolve) => { bot.on('close', (code, signal) => resolve({ code, signal })); });
  return bot;
}

async function post(method, body) {
  const res = await fetch(base + method, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert(res.ok, `the emulator answers ${method} with ${res.status}`);
  return (await res.json()).result;
}

function said(chat, fields) {
  return {
    botToken: token,
    date: Math.floor(Date.now() / 1000),
    from: { id: chat, first_name: 'Wen', is_bot: false },
    chat: { id: chat, first_name: 'Wen', type: 'private' },
    ...fields,
  };
}

const say = (chat, text) => post('/sendMessage', said(chat, { text }));
const command = (chat, text, length) =>
  post('/sendCommand', said(chat, { text, entities: [{ type: 'bot_command', offset: 0, length }] }));

const answers = new Map(); // chat: the bot's messages, in order
async function collect(chat) {
  const list = answers.get(chat) ?? [];
  list.push(...(await post('/getUpdates', { token, chatId: chat })).map((u) => u.message));
  answers.set(chat, list);
  return list;
}

async function waitFor(chat, n) {
  const end = Date.now() + answerWithin;
  for (;;) {
    const list = await collect(chat);
    if (list.length >= n) return list;
    assert(bot.exitCode === null && bot.signalCode === null, `chuchu ended with ${bot.exitCode ?? bot.signalCode}:\n${output}`);
    assert(Date.now() < end, `chat ${chat} has ${list.length} of ${n} answers:\n${output}`);
    await sleep(50);
  }
}

// one sends something to a chat of its own, and a question behind it: what
// comes before that question's answer is all that the first one got.
async function one(chat, send, want) {
  await send();
  await waitFor(chat, 1);
  await say(chat, proper.text);
  const [got, last, ...more] = await waitFor(chat, 2);
  assert(want.test(got.text), `the answer is: ${got.text}`);
  assert(proper.want.test(last.text), `two answers came; the second is: ${last.text}`);
  assert(more.length === 0, `${more.length + 2} answers came`);
  return got;
}

let bot = start();
await check('a question', async () => {
  const got = await one(1, () => say(1, proper.text), proper.want);
  assert(proper.place.test(got.text), `no place in: ${got.text}`);
  assert(got.parse_mode === 'HTML' && /<b>120\.72平方公里<\/b>/.test(got.text), `the answer is not bold in: ${got.text}`);
  assert(/\[35\] 本版未收此注原文/.test(got.text), `no footnote in: ${got.text}`);
  assert(JSON.parse(got.reply_parameters).message_id > 0, 'the answer is no reply to the question');
});
await check('a command without a space', () => one(2, () => command(2, `/ask${question}`, 4 + question.length), proper.want));
await check('a command to the bot by its name', () => one(3, () => command(3, `/ask@testnamebot ${question}`, 16), proper.want));
await check('a wrong command', () => one(4, () => command(4, '/frobnicate now', 11), /没有 \/frobnicate 这个命令/));
await check('a marker', () => one(5, () => command(5, '/cite 27', 5), /注\[27\]/));
await check('a sticker', () => one(6, () => post('/sendMessage', said(6, { sticker: { file_id: 'x', width: 1, height: 1 } })), /只看得懂文字/));
await check('the start', async () => {
  const got = await one(7, () => command(7, '/start', 6), /可以这样问/);
  assert(got.reply_markup.keyboard.length === 3, 'there are not three questions to tap');
});
await check('five chats at once', async () => {
  const chats = [11, 12, 13, 14, 15];
  await Promise.all(chats.map((c) => one(c, () => say(c, proper.text), proper.want)));
});
await check('killed and started again', async () => {
  const chat = 21;
  const n = 6;
  for (let i = 1; i <= n; i++) await say(chat, `/nothing${i}`);
  await waitFor(chat, 2);
  bot.kill('SIGKILL');
  await bot.ended;
  bot = start();
  const got = (await waitFor(chat, n)).map((m) => m.text);
  await say(chat, proper.text);
  while (!proper.want.test(got.at(-1))) got.push((await waitFor(chat, got.length + 1))[got.length].text);
  for (let i = 1; i <= n; i++) {
    assert(got.some((text) => text.includes(`/nothing${i} `)), `message ${i} of ${n} has no answer`);
  }
  assert(got.length <= n + 2, `${got.length - 1} answers to ${n} messages`); // the one under way may come twice
});
await check('the end', async () => {
  assert(bot.exitCode === null && bot.signalCode === null, `chuchu had ended with ${bot.exitCode ?? bot.signalCode}`);
  const began = Date.now();
  bot.kill('SIGTERM');
  const { code, signal } = await bot.ended;
  assert(code === 0, `SIGTERM ends it with ${code ?? signal}:\n${output}`);
  assert(Date.now() - began < stopWithin, `SIGTERM took ${Date.now() - began} ms`);
  assert(!output.includes('emulator_secret'), 'the token is in the output');
});

await emulator.stop();
await rm(state, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
