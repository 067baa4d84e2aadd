package io.quarkiverse.hume.runtime.rest.call;

import java.io.InputStream;
import java.io.Reader;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.GenericEntity;

import org.jboss.resteasy.reactive.client.impl.multipart.QuarkusMultipartForm;
import org.jboss.resteasy.reactive.client.impl.multipart.QuarkusMultipartFormDataPart;

/**
 * Determines whether a request body can be sent a second time. A body that is consumed when it is sent cannot be sent again.
 */
final class RepeatableBody {

    private RepeatableBody() {
    }

    static boolean isRepeatable(Entity<?> entity) {
        if (entity == null || entity.getEntity() == null) {
            return true;
        }
        Object body = entity.getEntity();
        if (body instanceof GenericEntity) {
            body = ((GenericEntity<?>) body).getEntity();
        }
        if (body instanceof QuarkusMultipartForm) {
            return isRepeatable((QuarkusMultipartForm) body);
        }
        return !(body instanceof InputStream || body instanceof Reader || body instanceof Flow.Publisher
                || body instanceof Iterator || body instanceof BaseStream);
    }

    private static boolean isRepeatable(QuarkusMultipartForm form) {
        for (QuarkusMultipartFormDataPart part : form) {
            if (part.multiByteContent() != null
                    || part.getType() != null && InputStream.class.isAssignableFrom(part.getType())) {
                return false;
            }
        }
        return true;
    }
}
