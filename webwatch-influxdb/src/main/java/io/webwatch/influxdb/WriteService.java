package io.webwatch.influxdb;

import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Query;

/**
 * The write endpoint of the v2 API with a body of bytes. The client's own interface takes a String, to which the bytes
 * would have to be converted first. The client creates the implementation.
 */
interface WriteService {
    @POST("api/v2/write")
    Call<ResponseBody> write(
            @Query("org") @Nullable String org,
            @Query("bucket") String bucket,
            @Query("precision") String precision,
            @Body RequestBody lines);
}
