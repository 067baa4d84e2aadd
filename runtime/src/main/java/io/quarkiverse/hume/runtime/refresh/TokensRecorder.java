package io.quarkiverse.hume.runtime.refresh;

import java.util.function.Function;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Creates the beans with which an application gets access tokens. */
@Recorder
public class TokensRecorder {

    public Function<SyntheticCreationalContext<HumeTokens>, HumeTokens> tokens(String account) {
        return context -> new AccountTokens(
                () -> Arc.container().instance(AccountRegistry.class).get().get(account));
    }
}
