package io.webwatch.duckdb;

import java.nio.file.Path;

/** A process that keeps the file open until its input ends or it is killed. */
final class FileHolder {
    private FileHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (DuckDbStore store = new StoreFile(Path.of(arguments[0])).open()) {
            System.out.println("open " + store);
            while (System.in.read() >= 0) {
                // keeps the file open
            }
        }
    }
}
