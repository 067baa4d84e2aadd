package io.quarkiverse.hume.runtime.startup;

import java.util.Map;

import jakarta.enterprise.inject.Any;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Vertx;

/** Passes the decisions of the build to the running application. */
@Recorder
public class HumeRecorder {

    private final RuntimeValue<HumeRuntimeConfig> config;

    public HumeRecorder(RuntimeValue<HumeRuntimeConfig> config) {
        this.config = config;
    }

    /** @throws io.quarkus.runtime.configuration.ConfigurationException if the accounts cannot be used as configured */
    public void start(HumePlan plan) {
        ArcContainer beans = Arc.container();
        beans.instance(AccountLifecycle.class).get().start(plan, config.getValue(),
                beans.select(HumeCredentialsProvider.class, Any.Literal.INSTANCE), beans.select(TokenKeeperFactory.class),
                beans.select(AccountListener.Factory.class), beans.instance(Vertx.class).get());
    }

    /** @param built the values that the build used, by property */
    public void checkBuildTimeProperties(Map<String, String> built) {
        BuildTimeProperties.check(built, ConfigProvider.getConfig());
    }
}
