// Every REST endpoint and socket of Hume's own TypeScript client against the emulator, with a key and with a token. The client
// itself accepts whatever it receives, so each answer is also read with its deserializers in their strict mode: unknown
// fields, unknown values of enumerations and missing fields are failures.
import assert from "node:assert/strict";
import { Blob } from "node:buffer";
import { HumeClient, HumeError } from "hume";
import * as serialization from "hume/serialization";

const [emulator, apiKey, accessToken] = process.argv.slice(2);
const { tts: speech, empathicVoice: evi } = serialization;

const STRICT = {
    unrecognizedObjectKeys: "fail", allowUnrecognizedUnionMembers: false, allowUnrecognizedEnumValues: false,
    skipValidation: false
};

/** The deserializer of each endpoint; null if the client reads no JSON. */
const ENDPOINTS = {
    "POST /v0/tts": speech.ReturnTts,
    "POST /v0/tts/file": null,
    "POST /v0/tts/stream/json": speech.TtsOutput,
    "POST /v0/tts/stream/file": null,
    "POST /v0/tts/voice_conversion/json": speech.TtsOutput,
    "POST /v0/tts/voice_conversion/file": null,
    "GET /v0/tts/voices": speech.ReturnPagedVoices,
    "POST /v0/tts/voices": speech.ReturnVoice,
    "DELETE /v0/tts/voices": null,
    "GET /v0/evi/chats": evi.ReturnPagedChats,
    "GET /v0/evi/chats/{id}": evi.ReturnChatPagedEvents,
    "GET /v0/evi/chats/{id}/audio": evi.ReturnChatAudioReconstruction,
    "GET /v0/evi/chat_groups": evi.ReturnPagedChatGroups,
    "GET /v0/evi/chat_groups/{id}": evi.ReturnChatGroupPagedChats,
    "GET /v0/evi/chat_groups/{id}/events": evi.ReturnChatGroupPagedEvents,
    "GET /v0/evi/chat_groups/{id}/audio": evi.ReturnChatGroupPagedAudioReconstructions,
    "POST /v0/evi/chat/{id}/send": null
};
for (const [name, page, one] of [["configs", evi.ReturnPagedConfigs, evi.ReturnConfig],
    ["prompts", evi.ReturnPagedPrompts, evi.ReturnPrompt], ["tools", evi.ReturnPagedUserDefinedTools, evi.ReturnUserDefinedTool]]) {
    Object.assign(ENDPOINTS, {
        [`GET /v0/evi/${name}`]: page, [`POST /v0/evi/${name}`]: one,
        [`GET /v0/evi/${name}/{id}`]: page, [`POST /v0/evi/${name}/{id}`]: one,
        [`PATCH /v0/evi/${name}/{id}`]: null, [`DELETE /v0/evi/${name}/{id}`]: null,
        [`GET /v0/evi/${name}/{id}/version/{version}`]: one, [`PATCH /v0/evi/${name}/{id}/version/{version}`]: one,
        [`DELETE /v0/evi/${name}/{id}/version/{version}`]: null
    });
}

function endpoint(method, url) {
    const path = new URL(url).pathname.replace(/\/version\/[^/]+/, "/version/{version}")
        .replace(/\/(configs|prompts|tools|chats|chat_groups|chat)\/(?!\{)[^/]+/, "/$1/{id}");
    return `${method} ${path}`;
}

function strict(deserializer, json, where) {
    const read = deserializer.parse(json, STRICT);
    assert.ok(read.ok, `${where}: ${JSON.stringify(read.errors)} in ${JSON.stringify(json).slice(0, 500)}`);
}

// Strict it is, or none of what follows proves anything.
assert.ok(!speech.ReturnVoice.parse({ id: "v", name: "n", provider: "HUME_AI", more: 1 }, STRICT).ok, "unknown field");
assert.ok(!speech.ReturnVoice.parse({ id: "v", name: "n", provider: "OTHER" }, STRICT).ok, "unknown value");
assert.ok(!evi.ReturnChat.parse({ id: "c" }, STRICT).ok, "missing field");

/** A client, and the names of the endpoints that it has called with success. */
function client(credential) {
    const served = new Set();
    const observed = async (url, init) => {
        const response = await fetch(url, init);
        const name = endpoint(init.method, url);
        assert.ok(name in ENDPOINTS, `unknown endpoint ${name}`);
        if (response.ok) {
            served.add(name);
            const deserializer = ENDPOINTS[name];
            const text = deserializer ? await response.clone().text() : "";
            const lines = deserializer === speech.TtsOutput ? text.trim().split("\n") : [text];
            lines.filter(line => line).forEach(line => strict(deserializer, JSON.parse(line), name));
        }
        return response;
    };
    return { served, hume: new HumeClient({ ...credential, environment: emulator, fetch: observed, maxRetries: 0 }) };
}

async function all(page) {
    const items = [];
    for await (const item of page) {
        items.push(item);
    }
    return items;
}

async function gone(call, status = 404) {
    await assert.rejects(call, error => error instanceof HumeError && error.statusCode === status);
}

async function bytes(download) {
    return Buffer.from(await download.arrayBuffer());
}

async function speaks(hume) {
    const voice = { name: "Ava Song", provider: "HUME_AI" };
    const utterances = [{ text: "Good morning. How are you?", voice, speed: 1.5 }, { text: "Well.", trailingSilence: 1 }];
    const designed = await hume.tts.synthesizeJson({ utterances: [{ text: "Hello.", description: "Calm" }], numGenerations: 2 });
    assert.equal(designed.generations.length, 2);
    assert.notEqual(designed.generations[0].audio, designed.generations[1].audio);
    const spoken = await hume.tts.synthesizeJson({ utterances, version: "2", includeTimestampTypes: ["word", "phoneme"],
        format: { type: "pcm" }, context: { generationId: designed.generations[0].generationId } });
    assert.deepEqual(spoken.generations[0].snippets.map(group => group.length), [2, 1]);
    assert.equal(spoken.generations[0].encoding.format, "pcm");
    assert.ok(spoken.generations[0].snippets[0][0].timestamps.length > 2);

    const file = await bytes(await hume.tts.synthesizeFile({ utterances }));
    assert.equal(file.subarray(0, 4).toString(), "RIFF");
    const mp3 = await bytes(await hume.tts.synthesizeFileStreaming({ utterances, format: { type: "mp3" } }));
    assert.equal(mp3.readUInt16BE(0), 0xfffb);

    const chunks = await all(await hume.tts.synthesizeJsonStreaming({ utterances, instantMode: true, stripHeaders: true,
        includeTimestampTypes: ["word"] }));
    const audio = chunks.filter(chunk => chunk.type === "audio");
    assert.deepEqual(audio.map(chunk => chunk.utteranceIndex), [0, 0, 1]);
    assert.ok(chunks.some(chunk => chunk.type === "timestamp" && chunk.timestamp.text === "morning."));
    const joined = Buffer.concat(audio.map(chunk => Buffer.from(chunk.audio, "base64")));
    assert.equal(joined.readUInt32LE(4), joined.length - 8, "all chunks together are one file");

    const recording = () => new Blob([file], { type: "audio/wav" });
    const converted = await all(await hume.tts.convertVoiceJson({ audio: recording(), voice, stripHeaders: true }));
    assert.deepEqual(Buffer.from(converted[0].audio, "base64"), file);
    assert.deepEqual(await bytes(await hume.tts.convertVoiceFile({ audio: recording(), voice, format: { type: "wav" } })), file);

    await gone(hume.tts.synthesizeJson({ utterances: [{ text: "Hello." }], version: "2" }), 422);
    await gone(hume.tts.synthesizeJson({ utterances: [{ text: "Hello.", voice: { name: "None of mine" } }] }), 422);
    return designed.generations[1].generationId;
}

async function savesVoices(hume, generationId) {
    const name = `Higgins ${generationId}`;
    const saved = await hume.tts.voices.create({ generationId, name });
    assert.equal(saved.provider, "CUSTOM_VOICE");
    const names = async () => (await all(await hume.tts.voices.list({ provider: "CUSTOM_VOICE", pageSize: 1 })))
        .map(voice => voice.name);
    assert.ok((await names()).includes(name));
    await hume.tts.synthesizeJson({ utterances: [{ text: "Hello.", voice: { name } }], version: "2" });
    const women = await all(await hume.tts.voices.list({ provider: "HUME_AI", filterTag: ["GENDER:Female", "LANGUAGE:English"] }));
    assert.equal(women.length, 6);
    await hume.tts.voices.delete({ name });
    assert.ok(!(await names()).includes(name));
    await gone(hume.tts.voices.delete({ name }), 400);
}

/** Configurations, prompts and tools have the same nine endpoints. */
async function versions(api, kind, create, change) {
    const list = api[`list${kind}s`].bind(api);
    const created = await api[`create${kind}`](create);
    assert.equal(created.version, 0);
    const found = async name => (await all(await list({ pageNumber: 0, pageSize: 1, name }))).map(one => one.id);
    assert.deepEqual(await found(create.name), [created.id]);
    const added = await api[`create${kind}Version`](created.id, change);
    assert.equal(added.version, 1);
    assert.equal(added.name, create.name);
    const listed = await api[`list${kind}Versions`](created.id, { restrictToMostRecent: false });
    const page = listed.promptsPage ?? await all(listed);
    assert.deepEqual(page.map(one => one.version), [0, 1]);
    const described = await api[`update${kind}Description`](created.id, 0, { versionDescription: "The first" });
    assert.equal(described.versionDescription, "The first");
    assert.equal((await api[`get${kind}Version`](created.id, 0)).versionDescription, "The first");
    assert.equal(await api[`update${kind}Name`](created.id, { name: `New ${create.name}` }), `New ${create.name}`);
    assert.deepEqual(await found(create.name), []);
    assert.deepEqual(await found(`New ${create.name}`), [created.id]);
    await api[`delete${kind}Version`](created.id, 1);
    await gone(api[`get${kind}Version`](created.id, 1));
    return created;
}

async function configures(hume, run) {
    const { prompts, tools, configs } = hume.empathicVoice;
    const prompt = await versions(prompts, "Prompt", { name: `Prompt ${run}`, text: "You answer weather questions." },
        { text: "You answer weather questions, briefly.", versionDescription: "Brief" });
    const tool = await versions(tools, "Tool", { name: `tool_${run}`, parameters: "{\"type\":\"object\"}",
        description: "The weather", fallbackContent: "Unknown" }, { parameters: "{}", versionDescription: "No parameters" });
    const posted = {
        eviVersion: "3", prompt: { id: prompt.id, version: 0 }, tools: [{ id: tool.id }], builtinTools: [{ name: "web_search" }],
        voice: { provider: "HUME_AI", name: "Ava Song" },
        languageModel: { modelProvider: "ANTHROPIC", modelResource: "claude-3-7-sonnet-latest", temperature: 1 },
        ellmModel: {}, nudges: {}, timeouts: { inactivity: { enabled: true, durationSecs: 600 } },
        eventMessages: { onNewChat: { enabled: true, text: "Welcome." } }, webhooks: [{ url: "https://example.com", events: ["chat_ended"] }]
    };
    const config = await versions(configs, "Config", { name: `Config ${run}`, ...posted }, posted);
    assert.equal(config.prompt.text, "You answer weather questions.");
    assert.equal(config.tools[0].name, `New tool_${run}`);
    assert.equal(config.voice.id, "5bb7de05-c8fe-426a-8fcc-ba4fc4ce9f9c");
    return { prompt, tool, config };
}

/** Raw messages too, read strictly. */
function listen(socket, deserializer) {
    const received = [];
    const waiting = [];
    const check = () => waiting.splice(0).forEach(wait => {
        const message = received.find(wait.wanted);
        message ? wait.resolve(message) : waiting.push(wait);
    });
    socket.on("message", message => {
        received.push(message);
        check();
    });
    socket.socket.addEventListener("message", event => {
        try {
            strict(deserializer, JSON.parse(event.data), "socket");
        } catch (failure) {
            waiting.forEach(wait => wait.reject(failure));
        }
    });
    socket.on("error", failure => waiting.forEach(wait => wait.reject(failure)));
    const until = wanted => new Promise((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`Not received, only ${received.map(one => one.type)}`)), 20_000);
        waiting.push({ wanted, reject, resolve: message => { clearTimeout(limit); resolve(message); } });
        check();
    });
    return { received, until, first: type => until(message => message.type === type) };
}

// Every event that a chat socket may receive.
const CHAT = evi.SubscribeEvent;

/** The flow of Hume's EVI quickstart: session settings of the handshake, read back from the chat's events. */
async function chats(hume, credential, config) {
    const sessionSettings = {
        systemPrompt: "You are a helpful assistant", voiceId: "5bb7de05-c8fe-426a-8fcc-ba4fc4ce9f9c",
        customSessionId: "my-custom-session-id", eventLimit: 100,
        audio: { encoding: "linear16", sampleRate: 16000, channels: 1 },
        context: { text: "This is not your first conversation with the user", type: "persistent" },
        variables: { userName: "John", userAge: 30, isPremium: true }
    };
    const socket = hume.empathicVoice.chat.connect({ configId: config.id, configVersion: config.version, allowConnection: true,
        sessionSettings, reconnectAttempts: 0 });
    const chat = listen(socket, CHAT);
    const metadata = await chat.first("chat_metadata");
    assert.equal(metadata.customSessionId, "my-custom-session-id");
    assert.equal((await chat.first("assistant_message")).message.content, "Welcome.");
    socket.sendUserInput("What do you hear?");
    await chat.until(message => message.type === "assistant_message" && message.message.content.includes("What do you hear?"));
    socket.sendSessionSettings({ systemPrompt: "You are brief" });
    socket.sendToolResponseMessage({ toolCallId: "t1", content: "sunny" });

    const control = await hume.empathicVoice.controlPlane.connect({ chat_id: metadata.chatId, reconnectAttempts: 0,
        ...(credential.accessToken ? { accessToken: credential.accessToken } : {}) });
    const heard = listen(control, CHAT);
    await control.waitForOpen();
    control.sendPublish({ type: "assistant_input", text: "Over the socket." });
    await heard.until(message => message.type === "assistant_message" && message.message.content === "Over the socket.");
    await hume.empathicVoice.controlPlane.send(metadata.chatId, { type: "user_input", text: "Over HTTP" });
    await chat.until(message => message.type === "user_message" && message.message.content === "Over HTTP");
    await gone(hume.empathicVoice.controlPlane.send("00000000-0000-0000-0000-000000000000", { type: "user_input", text: "a" }));

    const history = hume.empathicVoice.chats;
    const events = await all(await history.listChatEvents(metadata.chatId, { pageNumber: 0, pageSize: 2, ascendingOrder: true }));
    const settings = events.filter(event => event.type === "SESSION_SETTINGS").map(event => JSON.parse(event.messageText));
    assert.deepEqual(settings[0], {
        type: "session_settings", system_prompt: sessionSettings.systemPrompt, voice_id: sessionSettings.voiceId,
        custom_session_id: sessionSettings.customSessionId, event_limit: 100,
        audio: { encoding: "linear16", sample_rate: 16000, channels: 1 }, context: sessionSettings.context,
        variables: { userName: "John", userAge: "30", isPremium: "true" }
    });
    assert.equal(settings[1].system_prompt, "You are brief");
    assert.equal(events[0].type, "SYSTEM_PROMPT");
    assert.ok(events.some(event => event.type === "USER_MESSAGE" && event.messageText === "Over HTTP"));
    assert.equal((await history.getAudio(metadata.chatId)).status, "IN_PROGRESS");
    socket.close();
    control.close();
    for (let i = 0; i < 100 && (await history.getAudio(metadata.chatId)).status !== "COMPLETE"; i++) {
        await new Promise(resolve => setTimeout(resolve, 50));
    }
    const sound = await history.getAudio(metadata.chatId);
    assert.equal((await bytes(await fetch(sound.signedAudioUrl))).subarray(0, 4).toString(), "RIFF");

    const newest = await history.listChats({ pageNumber: 0, pageSize: 1, ascendingOrder: false, configId: config.id });
    assert.equal(newest.data[0].id, metadata.chatId);
    assert.equal(newest.data[0].eventCount, events.length);
    const groups = hume.empathicVoice.chatGroups;
    const listed = await all(await groups.listChatGroups({ pageNumber: 0, pageSize: 5, configId: config.id }));
    assert.deepEqual(listed.map(group => group.id), [metadata.chatGroupId]);
    assert.equal((await groups.getChatGroup(metadata.chatGroupId, { status: "USER_ENDED" })).numChats, 1);
    assert.equal((await groups.getAudio(metadata.chatGroupId, {})).audioReconstructionsPage[0].id, metadata.chatId);
    assert.equal((await all(await groups.listChatGroupEvents(metadata.chatGroupId, { pageNumber: 0 }))).length, events.length);
}

/** The flow of Hume's TTS quickstart over a socket: text in pieces, one file in the end. */
async function streams(hume, credential) {
    const socket = await hume.tts.streamInput.connect({ noBinary: true, instantMode: true, stripHeaders: true, version: "2",
        includeTimestampTypes: ["word", "phoneme"], formatType: "pcm", reconnectAttempts: 0,
        ...(credential.accessToken ? { accessToken: credential.accessToken } : { apiKey: credential.apiKey }) });
    const stream = listen(socket, speech.TtsOutput);
    await socket.waitForOpen();
    socket.sendPublish({ text: "Hello ", voice: { name: "Ava Song", provider: "HUME_AI" } });
    socket.sendPublish({ text: "world." });
    socket.sendPublish({ flush: true });
    const audio = await stream.first("audio");
    assert.equal(audio.text, "Hello world.");
    assert.equal(audio.audioFormat, "pcm");
    await stream.until(message => message.type === "timestamp" && message.timestamp.type === "phoneme");
    socket.sendPublish({ close: true });
}

async function deletes(hume, { prompt, tool, config }) {
    await hume.empathicVoice.configs.deleteConfig(config.id);
    await gone(hume.empathicVoice.configs.getConfigVersion(config.id, 0));
    await hume.empathicVoice.prompts.deletePrompt(prompt.id);
    await gone(hume.empathicVoice.prompts.listPromptVersions(prompt.id));
    await hume.empathicVoice.tools.deleteTool(tool.id);
    await gone(hume.empathicVoice.tools.listToolVersions(tool.id));
}

for (const [name, credential] of Object.entries({ apiKey: { apiKey }, accessToken: { accessToken } })) {
    const { hume, served } = client(credential);
    await savesVoices(hume, await speaks(hume));
    const resources = await configures(hume, name);
    await chats(hume, credential, resources.config);
    await streams(hume, credential);
    await deletes(hume, resources);
    const missing = Object.keys(ENDPOINTS).filter(one => !served.has(one));
    assert.deepEqual(missing, []);
    console.log(`${name}: ${served.size} of ${Object.keys(ENDPOINTS).length} endpoints, 3 of 3 sockets`);
}
process.exit(0);
