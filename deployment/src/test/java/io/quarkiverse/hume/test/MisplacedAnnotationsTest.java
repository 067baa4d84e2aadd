package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketClient;

/** The build reports every place where the annotation has no effect, with a remedy, and no other place. */
class MisplacedAnnotationsTest {

    private static final String HERE = "@HumeAuthenticated is on io.quarkiverse.hume.test.MisplacedAnnotationsTest$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, VoiceClient.class))
            .assertException(MisplacedAnnotationsTest::assertPlaces);

    private static void assertPlaces(Throwable failure) {
        ConfigurationFailureTests.assertMessages(failure,
                HERE + "Resource, which serves requests; the annotation is for clients",
                HERE + "Endpoint, which serves requests",
                HERE + "Bean#call, which is a method of a class, not of a REST client's interface. Put it on an interface",
                HERE + "AbstractBean, which is neither the interface of a REST client nor a WebSocket client",
                HERE + "Chat#received, which is a method of a WebSocket client. A connection is authenticated as a whole",
                HERE + "Plain, which belongs to an interface without any JAX-RS annotation",
                HERE + "PlainMethod#call, which belongs to an interface without any JAX-RS annotation",
                HERE + "WithBody#twice, which has a body",
                HERE + "OfTheCompany, which is itself an annotation");
        assertThat(failure.getMessage()).doesNotContain("Programmatic", "Parent", "VoiceClient");
    }

    @HumeAuthenticated
    @Path("/resource")
    public static class Resource {
        @GET
        public String get() {
            return "";
        }
    }

    @HumeAuthenticated
    @WebSocket(path = "/endpoint")
    public static class Endpoint {
        @OnTextMessage
        void received(String message) {
        }
    }

    @ApplicationScoped
    public static class Bean {
        @HumeAuthenticated
        void call() {
        }
    }

    @HumeAuthenticated
    public abstract static class AbstractBean {
    }

    @WebSocketClient(path = "/chat")
    public static class Chat {
        @OnTextMessage
        @HumeAuthenticated
        void received(String message) {
        }
    }

    @HumeAuthenticated
    public interface Plain {
        String call();
    }

    public interface PlainMethod {
        @HumeAuthenticated
        String call();
    }

    @Path("/")
    public interface WithBody {
        @GET
        String once();

        @HumeAuthenticated
        default String twice() {
            return once() + once();
        }
    }

    @HumeAuthenticated
    public @interface OfTheCompany {
    }

    /** Never registered. The build cannot see that the code of the application builds a client of it. */
    @HumeAuthenticated
    public interface Programmatic {
        @GET
        String get();
    }

    /** A client only through an interface that extends it. */
    @HumeAuthenticated
    public interface Parent {
    }

    @Path("/child")
    @RegisterRestClient
    public interface Child extends Parent {
        @GET
        String get();
    }

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
