package io.webwatch.wire;

import io.webwatch.event.Download;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import org.jspecify.annotations.Nullable;

/** Reads events of video, audio, images and files. */
final class MediaFields {
    private static final String DEFAULT_PROVIDER = "html5";

    private MediaFields() {}

    static final class PlaybackFields extends EventFields {
        private final EventType type;
        private @Nullable String media;
        private @Nullable String provider;
        private long position = ABSENT;
        private long duration = ABSENT;
        private long percent = ABSENT;
        private long watched = ABSENT;

        PlaybackFields(EventType type) {
            this.type = type;
        }

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.MD -> media = text(in, TextLimits.MEDIA);
                case WireKeys.PR -> provider = text(in, TextLimits.PROVIDER);
                case WireKeys.PS -> position = integer(in);
                case WireKeys.DU -> duration = integer(in);
                case WireKeys.PC -> percent = integer(in, 0, 100);
                case WireKeys.WA -> watched = integer(in);
                default -> in.skipValue();
            }
        }

        @Override
        @Nullable
        EventData data() {
            return media == null
                    ? null
                    : new Media(
                            type,
                            media,
                            provider == null ? DEFAULT_PROVIDER : provider,
                            boxed(position),
                            boxed(duration),
                            boxedInt(percent),
                            boxed(watched));
        }
    }

    static final class DownloadFields extends EventFields {
        private @Nullable String url;
        private @Nullable String file;
        private @Nullable String extension;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.UR -> url = text(in, TextLimits.URL);
                case WireKeys.FI -> file = text(in, TextLimits.FILE);
                case WireKeys.EX -> extension = text(in, TextLimits.EXTENSION);
                default -> in.skipValue();
            }
        }

        @Override
        @Nullable
        EventData data() {
            return url == null ? null : new Download(url, file, extension);
        }
    }

    static final class ImageViewFields extends EventFields {
        private @Nullable String image;
        private long visibleMillis = ABSENT;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.IM -> image = text(in, TextLimits.IMAGE);
                case WireKeys.VI -> visibleMillis = integer(in);
                default -> in.skipValue();
            }
        }

        @Override
        @Nullable
        EventData data() {
            return image == null ? null : new ImageView(image, boxed(visibleMillis));
        }
    }
}
