package io.webwatch.fault;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The difference between the events that were sent and those that a sink wrote.
 *
 * @param missing distinct events that were sent and not written
 * @param strange distinct events that were written and never sent
 * @param extra number of copies beyond the first
 */
record Copies(Set<String> missing, Set<String> strange, int extra) {
    static Copies compare(Collection<String> in, List<String> out) {
        Set<String> distinct = new HashSet<>(out);
        Set<String> missing = new LinkedHashSet<>(in);
        missing.removeAll(distinct);
        Set<String> strange = new LinkedHashSet<>(distinct);
        strange.removeAll(new HashSet<>(in));
        return new Copies(missing, strange, out.size() - distinct.size());
    }

    @Override
    public String toString() {
        return missing.size() + " missing, " + strange.size() + " strange, " + extra + " extra copies";
    }
}
