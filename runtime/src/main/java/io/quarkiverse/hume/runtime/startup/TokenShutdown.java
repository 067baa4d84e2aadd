package io.quarkiverse.hume.runtime.startup;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.shutdown.ShutdownListener;

/**
 * Ends the wait of callers for tokens while the server still answers requests. The destruction of beans and the shutdown event
 * come too late, because Quarkus has closed the server's connections by then. Registered by a recorder when the application is
 * built.
 */
public class TokenShutdown implements ShutdownListener {

    private static final String TIMEOUT = "quarkus.shutdown.timeout";

    @Override
    public void shutdown(ShutdownNotification notification) {
        try {
            ArcContainer beans = Arc.container();
            InstanceHandle<AccountLifecycle> lifecycle = beans == null ? null : beans.instance(AccountLifecycle.class);
            if (lifecycle != null && lifecycle.isAvailable()) {
                lifecycle.get().stopping(ConfigProvider.getConfig().getOptionalValue(TIMEOUT, Duration.class)
                        .orElse(Duration.ZERO));
            }
        } finally {
            notification.done();
        }
    }
}
