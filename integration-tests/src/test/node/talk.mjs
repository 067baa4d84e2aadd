// Hume's own TypeScript client against the emulator: REST and a chat, with each kind of credential. The client checks the
// shape of what it receives; this script checks what a person would. The browser token is what the application's endpoint
// gave to a signed-in user.
import assert from "node:assert/strict";
import { HumeClient, HumeError } from "hume";

const [emulator, apiKey, accessToken, browserToken] = process.argv.slice(2);

async function rest(client) {
    const speech = await client.tts.synthesizeJson({ utterances: [{ text: "Good morning" }] });
    const sound = Buffer.from(speech.generations[0].audio, "base64");
    assert.equal(sound.subarray(0, 4).toString(), "RIFF");
    assert.ok(speech.generations[0].duration > 0);
    const voices = [];
    for await (const voice of await client.tts.voices.list({ provider: "HUME_AI" })) {
        voices.push(voice.name);
    }
    assert.ok(voices.length > 10, "more than one page of voices");
    const configs = [];
    for await (const config of await client.empathicVoice.configs.listConfigs({ pageNumber: 0, pageSize: 2 })) {
        configs.push(config.name);
    }
    assert.ok(configs.length > 2, "more than one page of configurations");
    for await (const chat of await client.empathicVoice.chats.listChats({ pageNumber: 0, pageSize: 10 })) {
        assert.ok(chat.chatGroupId);
        break;
    }
}

function chat(client) {
    return new Promise((resolve, reject) => {
        const seen = [];
        const socket = client.empathicVoice.chat.connect({ reconnectAttempts: 0 });
        const limit = setTimeout(() => reject(new Error(`No end of the turn, only ${seen}`)), 20_000);
        socket.on("error", reject);
        socket.on("message", message => {
            seen.push(message.type);
            if (message.type === "chat_metadata") {
                assert.ok(message.chatId && message.chatGroupId);
                socket.sendUserInput("What do you hear?");
            } else if (message.type === "audio_output") {
                assert.equal(Buffer.from(message.data, "base64").subarray(0, 4).toString(), "RIFF");
            } else if (message.type === "assistant_end") {
                clearTimeout(limit);
                socket.close();
                resolve(seen);
            }
        });
    });
}

const credentials = { apiKey: { apiKey }, accessToken: { accessToken }, browserToken: { accessToken: browserToken } };
for (const [name, credential] of Object.entries(credentials)) {
    const client = new HumeClient({ ...credential, environment: emulator });
    await rest(client);
    const seen = await chat(client);
    assert.equal(seen[0], "chat_metadata");
    assert.ok(seen.includes("assistant_message") && seen.includes("audio_output"), String(seen));
    console.log(`${name}: ${[...new Set(seen)].join(", ")}`);
}

await assert.rejects(new HumeClient({ apiKey: "nobody's", environment: emulator, maxRetries: 0 })
    .tts.synthesizeJson({ utterances: [{ text: "Hello" }] }), error => error instanceof HumeError && error.statusCode === 401);
console.log("rejected key: 401");
process.exit(0);
