-- Posts batches of ten events; each request is another page view.
local template = [[{"v":1,"p":"%s","u":"https://shop.example/products/17?utm_source=news","r":"https://search.example/","t":"Lamp 17 - Lysverk","l":"en-GB","z":"Europe/London","sc":[1920,1080],"vp":[1280,720],"tp":0,"e":[{"t":"page_view","n":0,"o":-1200,"k":"load","lm":431},{"t":"click","n":1,"o":-1100,"el":"#add","tg":"button","x":512,"y":301,"bx":[600,220,140,44]},{"t":"engagement","n":2,"o":-1000,"en":900,"vs":900,"id":0,"sd":20},{"t":"click","n":3,"o":-900,"el":"nav>a:nth-child(2)","tg":"a","hr":"/products","x":220,"y":12,"bx":[200,8,90,32]},{"t":"engagement","n":4,"o":-800,"en":800,"vs":800,"id":0,"sd":40},{"t":"custom","n":5,"o":-700,"nm":"added_to_basket","pp":{"sku":"4711","price":129.5,"gift":false}},{"t":"engagement","n":6,"o":-600,"en":700,"vs":700,"id":0,"sd":60},{"t":"click","n":7,"o":-400,"el":"#basket","tg":"a","hr":"/basket","x":950,"y":12,"bx":[1180,8,60,32]},{"t":"engagement","n":8,"o":-200,"en":500,"vs":500,"id":0,"sd":80},{"t":"engagement","n":9,"o":0,"en":400,"vs":400,"id":0,"sd":100}]}]]

local thread = 0
function setup(t)
  t:set("id", thread)
  thread = thread + 1
end

local count = 0
function init(args)
  math.randomseed(os.time() + id)
  prefix = string.format("%08x%02d", math.random(0, 2 ^ 31 - 1), id)
end

function request()
  count = count + 1
  return wrk.format("POST", wrk.path, {
    ["Content-Type"] = "text/plain;charset=UTF-8",
    ["Accept-Language"] = "en-GB",
    ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    ["X-Forwarded-For"] = string.format("198.51.%d.%d", count % 256, math.floor(count / 256) % 256),
  }, string.format(template, prefix .. string.format("%010d", count)))
end


function done(summary, latency, requests)
  io.write(string.format("RESULT rps=%.0f p50_us=%d p99_us=%d errors=%d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
