// Runs the real `chuchu serve` against a Telegram emulator that is not ours, and
// checks that everything said to it gets exactly one proper answer.
//
//   npm ci && node run.mjs PATH/TO/chuchu
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHTTP } from 'node:http';
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
function start(more = {}) {
  const env = {
    ...process.env,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ENDPOINT: `${base}/bot%s/%s`,
    CHUCHU_STATE: state,
  };
  for (const name of Object.keys(env)) {
    if (name === 'TELEGRAM_BOT_TOKEN_FILE' || name.startsWith('CHUCHU_') && name !== 'CHUCHU_STATE') delete env[name];
  }
  Object.assign(env, more);
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

// sent finds the bot's messages in a chat as they stand now, with their numbers.
async function sent(chat) {
  const all = await post('/getUpdatesHistory', { token });
  return all.filter((u) => String(u.message?.chat_id) === String(chat)).map((u) => ({ id: u.messageId, ...u.message }));
}

// until waits for something to hold of the bot's messages in a chat.
async function until(chat, what, holds) {
  const end = Date.now() + answerWithin;
  for (;;) {
    const list = await sent(chat);
    if (holds(list)) return list;
    assert(bot.exitCode === null && bot.signalCode === null, `chuchu ended with ${bot.exitCode ?? bot.signalCode}:\n${output}`);
    assert(Date.now() < end, `waited in vain for ${what} in chat ${chat}: ${JSON.stringify(list.map((m) => m.text))}\n${output}`);
    await sleep(50);
  }
}

// tap presses the button that begins with a text under a message.
function tap(chat, message, label) {
  const button = message.reply_markup.inline_keyboard.flat().find((b) => b.text.startsWith(label));
  assert(button?.callback_data, `no button ${label} in ${JSON.stringify(message.reply_markup)}`);
  return post('/sendCallback', said(chat, { message: { message_id: message.id, chat: { id: chat, type: 'private' } }, data: button.callback_data }));
}

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

// end ends the program as an operator does.
async function end() {
  assert(bot.exitCode === null && bot.signalCode === null, `chuchu had ended with ${bot.exitCode ?? bot.signalCode}`);
  const began = Date.now();
  bot.kill('SIGTERM');
  const { code, signal } = await bot.ended;
  assert(code === 0, `SIGTERM ends it with ${code ?? signal}:\n${output}`);
  assert(Date.now() - began < stopWithin, `SIGTERM took ${Date.now() - began} ms`);
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
await check('buttons: the next passage in the same message, its citation, and back', async () => {
  const chat = 31;
  await say(chat, proper.text);
  const [first] = await until(chat, 'an answer', (l) => l.length === 1);
  assert(/1\/10/.test(first.text), `not the first of ten: ${first.text}`);
  await tap(chat, first, '▶');
  const [second] = await until(chat, 'the second passage', ([m]) => /2\/10/.test(m.text));
  assert(second.text !== first.text && second.id === first.id, 'the message did not change');
  await tap(chat, second, '引用');
  const [, cited] = await until(chat, 'a citation', (l) => l.length === 2);
  assert(/GB\/T 7714/.test(cited.text) && /@techreport/.test(cited.text), `no citation: ${cited.text}`);
  assert(JSON.parse(cited.reply_parameters).message_id === first.id, 'the citation does not reply to the answer');
  await tap(chat, second, '◀');
  await until(chat, 'the first passage again', ([m]) => m.text === first.text);
});
await check('a button after a restart', async () => {
  const chat = 32;
  await say(chat, proper.text);
  const [first] = await until(chat, 'an answer', (l) => l.length === 1);
  await end();
  bot = start();
  await tap(chat, first, '上下文');
  await until(chat, 'the paragraphs around', (l) => l.length === 1 && /▸/.test(l[0].text));
});
await check('a choice by a button: the language', async () => {
  const chat = 33;
  await command(chat, '/lang', 5);
  const [list] = await until(chat, 'the languages', (l) => l.length === 1);
  await tap(chat, list, 'English');
  await until(chat, 'the language chosen', ([m]) => /^Done/.test(m.text) && JSON.stringify(m.reply_markup).includes('✓ English'));
});
await check('a topic of a group: a command is answered there, talk is not', async () => {
  const chat = -41;
  const inTopic = (fields) => ({ ...said(chat, fields), from: { id: 7, first_name: 'Wen' }, chat: { id: chat, type: 'supergroup' }, message_thread_id: 5, is_topic_message: true });
  await post('/sendMessage', inTopic({ text: question }));
  const text = `/ask ${question}`;
  await post('/sendCommand', inTopic({ text, entities: [{ type: 'bot_command', offset: 0, length: 4 }] }));
  const [got] = await until(chat, 'an answer', (l) => l.length > 0);
  assert(proper.want.test(got.text) && got.message_thread_id === '5', `in topic ${got.message_thread_id}: ${got.text}`);
  await say(42, question);
  await until(42, 'an answer after it', (l) => l.length === 1);
  assert((await sent(chat)).length === 1, 'the talk in the group is answered too');
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
await check('a webhook, and polling again', async () => {
  const chat = 51;
  await end();
  const listen = `127.0.0.1:${await freePort()}`;
  // what stands before the bot, and does for the emulator what Telegram does:
  // it takes the TLS off, and the secret comes along
  let delivered = 0;
  let secret;
  const proxy = createHTTP(async (req, res) => {
    const body = [];
    for await (const chunk of req) body.push(chunk);
    const answer = await fetch(`http://${listen}${req.url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: Buffer.concat(body),
    });
    if (answer.ok) delivered++;
    res.writeHead(answer.status).end();
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const set = emulator.setWebhook.bind(emulator);
  emulator.setWebhook = (hook, of) => {
    secret = hook.secret_token;
    set({ ...hook, url: hook.url.replace('https://bot.example.org', `http://127.0.0.1:${proxy.address().port}`) }, of);
  };
  bot = start({ CHUCHU_LISTEN: listen, CHUCHU_WEBHOOK_URL: 'https://bot.example.org/hook', CHUCHU_WEBHOOK_SECRET: 'emulator_secret_of_the_hook' });
  for (const last = Date.now() + answerWithin; !emulator.webhooks[token];) {
    assert(Date.now() < last, `no webhook is set:\n${output}`);
    await sleep(50);
  }
  await say(chat, proper.text);
  const [first] = await until(chat, 'an answer', (l) => l.length === 1);
  assert(proper.want.test(first.text), `the answer is: ${first.text}`);
  await tap(chat, first, '▶');
  await until(chat, 'the second passage', ([m]) => /2\/10/.test(m.text));
  assert(delivered === 2, `${delivered} updates came by the webhook`);
  await end();
  bot = start();
  for (const last = Date.now() + answerWithin; emulator.webhooks[token];) {
    assert(Date.now() < last, `the webhook stays:\n${output}`);
    await sleep(50);
  }
  await say(chat, proper.text);
  await until(chat, 'an answer by polling', (l) => l.length === 2);
  proxy.close();
});
await check('the end', async () => {
  await end();
  assert(!output.includes('emulator_secret'), 'a secret is in the output');
});

await emulator.stop();
await rm(state, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
