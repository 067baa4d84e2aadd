package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;

class VoiceListsTest extends EmulatorTestCase {

    @ParameterizedTest
    @CsvSource({ "CUSTOM_VOICE, 2, 1", "HUME_AI, 10, 2" })
    void voices_provider_documentedShape(String provider, int entries, int pages) {
        JsonObject page = get("/v0/tts/voices?provider=" + provider);

        assertThat(page.fieldNames()).containsExactlyInAnyOrder("page_number", "page_size", "total_pages", "voices_page");
        assertThat(page.getInteger("page_number")).isZero();
        assertThat(page.getInteger("page_size")).isEqualTo(10);
        assertThat(page.getInteger("total_pages")).isEqualTo(pages);
        assertThat(page.getJsonArray("voices_page")).hasSize(entries).allSatisfy(voice -> {
            assertThat(((JsonObject) voice).fieldNames()).containsExactlyInAnyOrder("id", "name", "provider");
            assertThat(((JsonObject) voice).getString("provider")).isEqualTo(provider);
        });
    }

    @Test
    void voices_withoutProvider_unprocessable() {
        assertUnprocessable(withKey("GET", "/v0/tts/voices").send(), "query", "provider");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "OTHER", "hume_ai" })
    void voices_unknownProvider_unprocessable(String provider) {
        assertUnprocessable(withKey("GET", "/v0/tts/voices?provider=" + provider).send(), "query", "provider");
    }

    @Test
    void configs_list_documentedShape() {
        JsonObject page = get("/v0/evi/configs");

        assertThat(page.fieldNames()).containsExactlyInAnyOrder("page_number", "page_size", "total_pages", "configs_page");
        assertThat(page.getJsonArray("configs_page")).hasSize(3).allSatisfy(config -> {
            assertThat(((JsonObject) config).fieldNames()).containsExactlyInAnyOrder("id", "version", "name", "evi_version",
                    "created_on", "modified_on", "tools");
            assertThat(((JsonObject) config).getValue("evi_version")).isEqualTo("3");
            assertThat(((JsonObject) config).getLong("created_on")).isGreaterThan(1_700_000_000_000L);
        });
    }

    @Test
    void chats_list_documentedShape() {
        JsonObject page = get("/v0/evi/chats");

        assertThat(page.fieldNames()).containsExactlyInAnyOrder("page_number", "page_size", "total_pages",
                "pagination_direction", "chats_page");
        assertThat(page.getString("pagination_direction")).isEqualTo("ASC");
        assertThat(page.getJsonArray("chats_page")).hasSize(10).allSatisfy(entry -> {
            JsonObject chat = (JsonObject) entry;
            assertThat(chat.fieldNames()).containsExactlyInAnyOrder("id", "chat_group_id", "status", "start_timestamp",
                    "end_timestamp", "event_count");
            assertThat(chat.getLong("end_timestamp")).isGreaterThan(chat.getLong("start_timestamp"));
        });
    }

    @Test
    void chats_allPages_everyChatOnceInTheDirectionGiven() {
        Set<String> ids = new HashSet<>();
        long last = 0;
        for (int number = 0; number < 4; number++) {
            JsonObject page = get("/v0/evi/chats?page_size=7&page_number=" + number);
            assertThat(page.getInteger("total_pages")).isEqualTo(4);
            assertThat(page.getInteger("page_number")).isEqualTo(number);
            for (Object entry : page.getJsonArray("chats_page")) {
                ids.add(((JsonObject) entry).getString("id"));
                assertThat(((JsonObject) entry).getLong("start_timestamp")).isGreaterThan(last);
                last = ((JsonObject) entry).getLong("start_timestamp");
            }
        }
        assertThat(ids).hasSize(25);
    }

    @Test
    void page_behindTheLast_empty() {
        assertThat(get("/v0/evi/chats?page_number=999999999").getJsonArray("chats_page")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "100" })
    void pageSize_atItsLimits_accepted(String size) {
        assertThat(get("/v0/evi/chats?page_size=" + size).getInteger("page_size")).isEqualTo(Integer.valueOf(size));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "101", "-1", "ten", "", "1.5", "99999999999" })
    void pageSize_outOfRange_unprocessable(String size) {
        assertUnprocessable(withKey("GET", "/v0/evi/configs?page_size=" + size).send(), "query", "page_size");
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "first", "" })
    void pageNumber_outOfRange_unprocessable(String number) {
        assertUnprocessable(withKey("GET", "/v0/evi/chats?page_number=" + number).send(), "query", "page_number");
    }

    private static JsonObject get(String path) {
        var reply = withKey("GET", path).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
