package io.webwatch.journal;

/**
 * A place in the batches of all runs: those of earlier generations, and those of this one up to a position, lie before
 * it.
 *
 * @param generation number of a run of the application, ascending
 * @param position of a batch in the log of that run; 0 before the first
 */
public record Place(long generation, long position) implements Comparable<Place> {
    public static final Place START = new Place(0, 0);
    public static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public int compareTo(Place other) {
        int generations = Long.compare(generation, other.generation);
        return generations != 0 ? generations : Long.compare(position, other.position);
    }

    public boolean isBefore(Place other) {
        return compareTo(other) < 0;
    }

    public static Place least(Place a, Place b) {
        return a.isBefore(b) ? a : b;
    }
}
