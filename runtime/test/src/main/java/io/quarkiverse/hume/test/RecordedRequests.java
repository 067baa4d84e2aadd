package io.quarkiverse.hume.test;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests that the emulator had received at one moment, oldest first, and what a test expects of them. What is expected and
 * not so is an {@link AssertionError} that lists them, without headers and bodies.
 */
public final class RecordedRequests implements Iterable<RecordedRequest> {

    private final String path;
    private final List<RecordedRequest> all;

    RecordedRequests(String path, List<RecordedRequest> all) {
        this.path = path;
        this.all = all;
    }

    /** Exactly these statuses, in this order; {@code null} for a request without an answer. */
    public RecordedRequests haveStatuses(Integer... statuses) {
        return have("the statuses", request -> request.status().isPresent() ? request.status().getAsInt() : null, statuses);
    }

    /** Exactly these kinds of credentials, in this order. */
    public RecordedRequests haveCredentials(CredentialKind... kinds) {
        return have("the credentials", RecordedRequest::credential, kinds);
    }

    /** Exactly the credentials of these accounts, in this order; {@code null} for a credential that belongs to none. */
    public RecordedRequests haveAccounts(String... accounts) {
        return have("the accounts", request -> request.account().orElse(null), accounts);
    }

    /** Exactly these paths, in this order. */
    public RecordedRequests havePaths(String... paths) {
        return have("the paths", RecordedRequest::path, paths);
    }

    public RecordedRequests haveSize(int size) {
        return all.size() == size ? this : fail("There should be " + size + " requests");
    }

    public RecordedRequests areEmpty() {
        return haveSize(0);
    }

    /** The only one; an {@link AssertionError} if there are none or more. */
    public RecordedRequest single() {
        return haveSize(1).all.get(0);
    }

    public int size() {
        return all.size();
    }

    public List<RecordedRequest> list() {
        return List.copyOf(all);
    }

    public Stream<RecordedRequest> stream() {
        return all.stream();
    }

    @Override
    public Iterator<RecordedRequest> iterator() {
        return list().iterator();
    }

    @Override
    public String toString() {
        return all.isEmpty() ? "no requests for " + path
                : "the requests for " + path + ":"
                        + all.stream().map(request -> "\n  " + request).collect(Collectors.joining());
    }

    @SafeVarargs
    private <T> RecordedRequests have(String what, Function<RecordedRequest, T> field, T... expected) {
        List<T> found = all.stream().map(field).toList();
        return found.equals(Arrays.asList(expected)) ? this
                : fail("There should be requests with " + what + " " + Arrays.asList(expected));
    }

    private RecordedRequests fail(String expectation) {
        throw new AssertionError(expectation + ", but there are " + this);
    }
}
