package io.webwatch.duckdb;

import java.nio.file.Path;

/** A process that holds the file open until it is killed. */
final class FileHolder {
    private FileHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (DuckDbStore store = new StoreFile(Path.of(arguments[0])).open()) {
            System.out.println("open " + store);
            while (System.in.read() >= 0) {
                // stays until its input ends
            }
        }
    }
}
