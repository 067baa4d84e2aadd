package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;

/** Clients with ambiguous authentication and unknown client names: the build reports all of them at once. */
class ContradictoryClientsTest {

    private static final String HERE = "io.quarkiverse.hume.test.ContradictoryClientsTest$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, VoiceClient.class))
            .overrideConfigKey("hume.rest-clients", "nothing,voise,named")
            .overrideConfigKey("hume.accounts.\"other\".rest-clients", "neither,named")
            .assertException(ContradictoryClientsTest::assertClients);

    private static void assertClients(Throwable failure) {
        ConfigurationFailureTests.assertMessages(failure,
                "hume.rest-clients names \"nothing\", which is neither the config key of a REST client nor the name of an"
                        + " interface in this application.\n",
                "hume.rest-clients names \"voise\", which is neither the config key of a REST client nor the name of an"
                        + " interface in this application. Did you mean \"voice\"?\n",
                "hume.accounts.\"other\".rest-clients names \"neither\", which is neither",
                "Config keys here: [named, voice]. REST clients here: [" + HERE + "Agreeing, ",
                "hume.rest-clients and hume.accounts.\"other\".rest-clients both name the REST client " + HERE + "Named,",
                "The REST client " + HERE + "TwoMarkers inherits contradictory authentications: @HumeAuthenticated on " + HERE
                        + "One (the default Hume account), @HumeAuthenticated on " + HERE
                        + "Other (the Hume account \"other\"). None of them is nearer than the others: put @HumeAuthenticated on"
                        + " the interface that extends them",
                "The REST client " + HERE + "TwoMethods inherits for call() contradictory authentications",
                "The REST client " + HERE + "Root inherits for sub().get() contradictory authentications",
                "The REST client " + HERE + "TwoWays can make the call " + HERE + "Plain#get as one().get() (the default Hume"
                        + " account) and as other().get() (the Hume account \"other\"), which a request does not distinguish",
                "The REST client " + HERE + "Built inherits contradictory authentications");
        assertThat(failure.getMessage()).doesNotContain(HERE + "Between", "client " + HERE + "Clear",
                "client " + HERE + "Agreeing");
    }

    @HumeAuthenticated
    public interface One {
    }

    @HumeAuthenticated(account = "other")
    public interface Other {
    }

    @Path("/named")
    @RegisterRestClient(configKey = "named")
    public interface Named {
        @GET
        String get();
    }

    @Path("/markers")
    @RegisterRestClient
    public interface TwoMarkers extends One, Other {
        @GET
        String get();
    }

    public interface OneMethod {
        @GET
        @Path("/call")
        @HumeAuthenticated
        String call();
    }

    public interface OtherMethod {
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        String call();
    }

    @Path("/methods")
    @RegisterRestClient
    public interface TwoMethods extends OneMethod, OtherMethod {
    }

    public interface Sub extends One, Other {
        @GET
        String get();
    }

    @Path("/root")
    @RegisterRestClient
    public interface Root {
        @Path("/sub")
        Sub sub();
    }

    public interface Plain {
        @GET
        String get();
    }

    @Path("/ways")
    @RegisterRestClient
    public interface TwoWays {
        @Path("/one")
        @HumeAuthenticated
        Plain one();

        @Path("/other")
        @HumeAuthenticated(account = "other")
        Plain other();
    }

    /** Not a bean. The build cannot see whether the code of the application builds a client of it. */
    @Path("/built")
    public interface Built extends One, Other {
        @GET
        String get();
    }

    /** Contradictory, but only extended by other interfaces. */
    public interface Between extends One, Other {
        @GET
        @Path("/between")
        String between();
    }

    @Path("/clear")
    @RegisterRestClient
    @HumeAuthenticated
    public interface ClearAgain extends Between {
    }

    @HumeAuthenticated
    public interface Same {
    }

    @Path("/agreeing")
    @RegisterRestClient
    public interface Agreeing extends One, Same {
        @GET
        String get();
    }

    /** An interface that extends another one is nearer, regardless of the number of steps. */
    @HumeAuthenticated(account = "other")
    public interface ClearSpecific extends One {
    }

    public interface ClearStep extends ClearSpecific {
    }

    @Path("/specific")
    @RegisterRestClient
    public interface Clearly extends One, ClearStep {
        @GET
        String get();
    }

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
