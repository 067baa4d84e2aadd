package io.quarkiverse.hume.devui;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import com.example.voice.AudioDecisions;
import com.example.voice.ChatHistory;
import com.example.voice.Conversation;
import com.example.voice.EmpathicVoice;
import com.example.voice.TextToSpeech;
import com.example.voice.VoiceResource;

import io.quarkus.test.QuarkusDevModeTest;

/** The application whose Dev UI is looked at. It has two accounts without keys, so the emulator stands in for both. */
final class VoiceApplication {

    static final String CONFIGURATION = """
            hume.accounts."cloud".base-url=https://api.cloud.hume.ai
            hume.accounts."cloud".strategy=api-key
            hume.accounts."cloud".rest-clients=decisions
            hume.token.retry.max-retries=0
            hume.token.retry.delay=30S
            hume.token.retry.max-delay=60S
            hume.token.timeout=30S
            quarkus.banner.enabled=false
            """;

    private VoiceApplication() {
    }

    static QuarkusDevModeTest create(String configuration) {
        return new QuarkusDevModeTest().withApplicationRoot(archive -> fill(archive, configuration));
    }

    private static void fill(JavaArchive archive, String configuration) {
        archive.addClasses(EmpathicVoice.class, AudioDecisions.class, TextToSpeech.class, ChatHistory.class, Conversation.class,
                VoiceResource.class).addAsResource(new StringAsset(configuration), "application.properties");
    }
}
