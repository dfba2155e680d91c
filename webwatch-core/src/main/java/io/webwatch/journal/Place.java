package io.webwatch.journal;

/**
 * A place in the batches of all runs. The batches of earlier generations, and those of the same generation up to its
 * position, are before it.
 *
 * @param generation number of a run of the application, ascending
 * @param position of a batch in the log of that run; 0 before the first
 */
public record Place(long generation, long position) implements Comparable<Place> {
    /** Before all batches. */
    public static final Place START = new Place(0, 0);

    /** After all batches. */
    public static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public int compareTo(Place other) {
        int generations = Long.compare(generation, other.generation);
        return generations != 0 ? generations : Long.compare(position, other.position);
    }

    /** Returns whether it is before another place. */
    public boolean isBefore(Place other) {
        return compareTo(other) < 0;
    }

    /** Returns the earlier of two places. */
    public static Place earlier(Place a, Place b) {
        return a.isBefore(b) ? a : b;
    }
}
