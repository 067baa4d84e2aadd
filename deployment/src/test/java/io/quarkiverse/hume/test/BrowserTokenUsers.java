package io.quarkiverse.hume.test;

import io.quarkus.test.QuarkusUnitTest;

/** An application with the endpoint and two users: alice with the role voice, bob with the role text. */
final class BrowserTokenUsers {

    private BrowserTokenUsers() {
    }

    static QuarkusUnitTest application(Class<?>... classes) {
        return signingIn(new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(BrowserTokenUsers.class, ApplicationToken.class, BrowserCall.class,
                        BrowserCall.Answer.class)
                        .addClasses(classes)));
    }

    static QuarkusUnitTest signingIn(QuarkusUnitTest application) {
        return application.overrideConfigKey("hume.browser-token.enabled", "true")
                .overrideConfigKey("quarkus.http.auth.basic", "true")
                .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
                .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
                .overrideConfigKey("quarkus.security.users.embedded.users.alice", "alice")
                .overrideConfigKey("quarkus.security.users.embedded.users.bob", "bob")
                .overrideConfigKey("quarkus.security.users.embedded.roles.alice", "voice")
                .overrideConfigKey("quarkus.security.users.embedded.roles.bob", "text");
    }
}
