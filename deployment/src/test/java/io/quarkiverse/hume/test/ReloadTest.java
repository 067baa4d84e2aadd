package io.quarkiverse.hume.test;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** The emulator stays across live reloads, with its address and its memory; the strategy follows the configuration. */
class ReloadTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, Resource.class)
                    .addAsResource(new org.jboss.shrinkwrap.api.asset.StringAsset("# nothing\n"), "application.properties"));

    @Path("/")
    public static class Resource {

        @RestClient
        VoiceClient voice;

        @ConfigProperty(name = "hume.emulator.url", defaultValue = "none")
        String emulator;

        @GET
        @Path("/call")
        public String call() {
            return "before " + voice.plain();
        }

        @GET
        @Path("/emulator")
        public String emulator() {
            return emulator;
        }
    }

    @Test
    void emulator_isKeptAcrossReloads_andGoesWhenAKeyComes() {
        String address = RestAssured.get("/emulator").then().statusCode(200).extract().asString();
        RestAssured.get("/call").then().body(containsString("configs_page"));
        int before = requests(address).size();

        APPLICATION.modifySourceFile(ReloadTest.class, source -> source.replace("\"before \" +", "\"after \" +"));
        RestAssured.get("/call").then().body(containsString("after ")).body(containsString("configs_page"));
        RestAssured.get("/emulator").then().body(equalTo(address));
        assertEquals(before + 2, requests(address).size(), "the token and the call after the reload");

        APPLICATION.modifyResourceFile("application.properties", properties -> "hume.strategy=api-key\n");
        RestAssured.get("/call").then().body(containsString("configs_page"));
        RestAssured.get("/emulator").then().body(equalTo(address));
        assertEquals(CredentialKind.API_KEY, requests(address).list().get(requests(address).size() - 1).credential());

        APPLICATION.modifyResourceFile("application.properties", properties -> "hume.api-key=a-key-of-my-own\n");
        RestAssured.get("/emulator").then().body(equalTo("none"));
    }

    private static RecordedRequests requests(String address) {
        return HumeEmulator.at(URI.create(address)).requests();
    }
}
