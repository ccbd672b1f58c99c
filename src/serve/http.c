/* http.c: files, news and requests in, answers out.
 *
 * The one file that knows libmicrohttpd. Its daemon is driven by our thread: wait for its epoll
 * descriptor or for our pipe, wake the streams that have news, let it run. A stream with nothing to
 * say is suspended, which costs nothing; what has gone is noticed at the next heartbeat, because
 * nothing is asked of a suspended connection.
 *
 * The lock guards files and hub. Answers to files are libmicrohttpd's counted responses: one that
 * is replaced while somebody still reads it goes with its last reader.
 */
#include "serve/http.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/library.h"
#include "serve/hub.h"

enum {
    HEARTBEAT = 15000, /* ms */
    STREAMS = 240,     /* fewer than connections: a page can always be had */
    ENDING_TURNS = 8,
    REQUEST_BYTES = 16 << 10,
    SECRET_BYTES = 16,
    SECRET_DIGITS = 2 * SECRET_BYTES,
};

typedef struct {
    ZP_LIBRARY_POINTER(MHD_start_daemon);
    ZP_LIBRARY_POINTER(MHD_stop_daemon);
    ZP_LIBRARY_POINTER(MHD_run);
    ZP_LIBRARY_POINTER(MHD_get_timeout);
    ZP_LIBRARY_POINTER(MHD_get_daemon_info);
    ZP_LIBRARY_POINTER(MHD_lookup_connection_value);
    ZP_LIBRARY_POINTER(MHD_create_response_from_buffer);
    ZP_LIBRARY_POINTER(MHD_create_response_from_callback);
    ZP_LIBRARY_POINTER(MHD_add_response_header);
    ZP_LIBRARY_POINTER(MHD_queue_response);
    ZP_LIBRARY_POINTER(MHD_destroy_response);
    ZP_LIBRARY_POINTER(MHD_suspend_connection);
    ZP_LIBRARY_POINTER(MHD_resume_connection);
} library;

static const zp_library_entry entries[] = {
    ZP_LIBRARY_ENTRY(library, MHD_start_daemon),
    ZP_LIBRARY_ENTRY(library, MHD_stop_daemon),
    ZP_LIBRARY_ENTRY(library, MHD_run),
    ZP_LIBRARY_ENTRY(library, MHD_get_timeout),
    ZP_LIBRARY_ENTRY(library, MHD_get_daemon_info),
    ZP_LIBRARY_ENTRY(library, MHD_lookup_connection_value),
    ZP_LIBRARY_ENTRY(library, MHD_create_response_from_buffer),
    ZP_LIBRARY_ENTRY(library, MHD_create_response_from_callback),
    ZP_LIBRARY_ENTRY(library, MHD_add_response_header),
    ZP_LIBRARY_ENTRY(library, MHD_queue_response),
    ZP_LIBRARY_ENTRY(library, MHD_destroy_response),
    ZP_LIBRARY_ENTRY(library, MHD_suspend_connection),
    ZP_LIBRARY_ENTRY(library, MHD_resume_connection),
    {0},
};

typedef struct {
    char path[ZP_HTTP_PATH + 1];
    struct MHD_Response *response; /* NULL: a free place */
    bool lasting;
    uint64_t turn; /* in which it was put last */
} file;

typedef struct {
    zp_http *http; /* NULL: a free place */
    struct MHD_Connection *connection;
    zp_listener listener;
    bool suspended;
} stream;

struct zp_http {
    library mhd;
    zp_arena *arena;
    struct MHD_Daemon *daemon;
    struct MHD_Response *refusals[2]; /* not there, not allowed */
    pthread_t thread;
    pthread_mutex_t lock;
    int wake[2]; /* a pipe, read by our thread */
    int epoll;
    unsigned port;
    char secret[SECRET_DIGITS + 1], host[32], other_host[32];
    bool ending;
    file *files;
    size_t file_count, file_capacity;
    uint64_t turn;
    zp_hub hub;
    stream streams[STREAMS];
};

/* --- Streams ---------------------------------------------------------------------------------- */

/* What libmicrohttpd asks when the connection can take more. */
static ssize_t tell(void *user, uint64_t position, char *room, size_t size)
{
    (void)position;
    stream *s = user;
    zp_http *http = s->http;
    pthread_mutex_lock(&http->lock);
    ssize_t told = (ssize_t)zp_hub_hear(&http->hub, &s->listener, room, size);
    if (told == 0 && http->ending)
        told = MHD_CONTENT_READER_END_OF_STREAM;
    if (told == 0) {
        s->suspended = true;
        http->mhd.MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&http->lock);
    return told;
}

static void leave(void *user)
{
    stream *s = user;
    zp_http *http = s->http;
    pthread_mutex_lock(&http->lock);
    zp_hub_leave(&s->listener);
    s->http = NULL;
    pthread_mutex_unlock(&http->lock);
}

static stream *free_stream(zp_http *http)
{
    for (size_t i = 0; i < STREAMS; i++)
        if (!http->streams[i].http)
            return &http->streams[i];
    return NULL;
}

static void wake_streams(zp_http *http)
{
    for (size_t i = 0; i < STREAMS; i++) {
        stream *s = &http->streams[i];
        if (!s->http || !s->suspended)
            continue;
        if (http->ending || zp_hub_has_news(&http->hub, &s->listener)) {
            s->suspended = false;
            http->mhd.MHD_resume_connection(s->connection);
        }
    }
}

/* --- Answers ---------------------------------------------------------------------------------- */

static const char refuse_all[] = "default-src 'none'; frame-ancestors 'none'";

/* NULL where there is no memory. */
static struct MHD_Response *dress(const zp_http *http, struct MHD_Response *response,
                                  const char *type, const char *policy, bool lasting)
{
    const char *const headers[][2] = {
        {"Content-Type", type},
        {"Content-Security-Policy", policy},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cache-Control", lasting ? "private, max-age=31536000, immutable" : "no-store"},
    };
    for (size_t i = 0; response && i < sizeof headers / sizeof *headers; i++)
        http->mhd.MHD_add_response_header(response, headers[i][0], headers[i][1]);
    return response;
}

static struct MHD_Response *bytes_response(const zp_http *http, zp_str bytes)
{
    /* The library's parameter is not const, but it only copies. */
    void *from = (void *)(uintptr_t)bytes.p;
    return http->mhd.MHD_create_response_from_buffer(bytes.n, from, MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result refuse(const zp_http *http, struct MHD_Connection *connection,
                              unsigned status)
{
    struct MHD_Response *response = http->refusals[status != MHD_HTTP_NOT_FOUND];
    return http->mhd.MHD_queue_response(connection, status, response);
}

static enum MHD_Result begin_stream(zp_http *http, struct MHD_Connection *connection)
{
    stream *s = free_stream(http);
    if (!s)
        return refuse(http, connection, MHD_HTTP_SERVICE_UNAVAILABLE);
    *s = (stream){.http = http, .connection = connection, .listener = zp_hub_join(&http->hub)};
    struct MHD_Response *response =
        http->mhd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, tell, s, leave);
    dress(http, response, "text/event-stream", refuse_all, false);
    if (!response)
        s->http = NULL;
    enum MHD_Result result =
        response ? http->mhd.MHD_queue_response(connection, MHD_HTTP_OK, response) : MHD_NO;
    if (response)
        http->mhd.MHD_destroy_response(response);
    return result;
}

/* The place of that path, or NULL. */
static file *find(const zp_http *http, zp_str path)
{
    for (size_t i = 0; i < http->file_count; i++)
        if (http->files[i].response && zp_str_eq(zp_str_from(http->files[i].path), path))
            return &http->files[i];
    return NULL;
}

/* --- Requests --------------------------------------------------------------------------------- */

static bool same_secret(const char *a, const char *b)
{
    unsigned char differs = 0;
    for (size_t i = 0; i < SECRET_DIGITS; i++)
        differs |= (unsigned char)(a[i] ^ b[i]);
    return differs == 0;
}

static bool is_host(const zp_http *http, const char *host)
{
    return host && (strcmp(host, http->host) == 0 || strcmp(host, http->other_host) == 0);
}

/* Host is ours, and Origin, where a browser sends it. */
static bool is_from_here(const zp_http *http, struct MHD_Connection *connection)
{
    static const char scheme[] = "http://";
    const char *host = http->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *origin =
        http->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    if (!is_host(http, host))
        return false;
    return !origin || (strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
                       is_host(http, origin + sizeof scheme - 1));
}

/* What stands after /SECRET/ in `url`; false when that is not how it begins. */
static bool read_path(const zp_http *http, const char *url, zp_str *path)
{
    size_t n = strlen(url);
    if (n < SECRET_DIGITS + 2 || url[0] != '/' || url[SECRET_DIGITS + 1] != '/' ||
        !same_secret(url + 1, http->secret))
        return false;
    *path = zp_str_from(url + SECRET_DIGITS + 2);
    return true;
}

static enum MHD_Result answer(void *user, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **request)
{
    (void)version, (void)upload, (void)upload_size;
    zp_http *http = user;
    zp_str path;
    /* Who answers at the first call, before the body would come, closes the connection. */
    bool plain = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (plain && !*request) {
        *request = http;
        return MHD_YES;
    }
    if (!is_from_here(http, connection))
        return refuse(http, connection, MHD_HTTP_FORBIDDEN);
    if (!plain)
        return refuse(http, connection, MHD_HTTP_METHOD_NOT_ALLOWED);
    if (!read_path(http, url, &path))
        return refuse(http, connection, MHD_HTTP_NOT_FOUND);
    enum MHD_Result result;
    pthread_mutex_lock(&http->lock);
    const file *f = find(http, path);
    if (zp_str_eq(path, ZP_STR("events")) && strcmp(method, "GET") == 0)
        result = begin_stream(http, connection);
    else if (f)
        result = http->mhd.MHD_queue_response(connection, MHD_HTTP_OK, f->response);
    else
        result = refuse(http, connection, MHD_HTTP_NOT_FOUND);
    pthread_mutex_unlock(&http->lock);
    return result;
}

/* --- The thread ------------------------------------------------------------------------------- */

static void *serve(void *user)
{
    zp_http *http = user;
    struct pollfd ready[] = {{.fd = http->epoll, .events = POLLIN},
                             {.fd = http->wake[0], .events = POLLIN}};
    for (bool ending = false; !ending;) {
        MHD_UNSIGNED_LONG_LONG wanted;
        bool limited = http->mhd.MHD_get_timeout(http->daemon, &wanted) == MHD_YES;
        int timeout = limited && wanted < HEARTBEAT ? (int)wanted : HEARTBEAT;
        int count = poll(ready, 2, timeout);
        char room[64];
        if (count > 0 && ready[1].revents)
            while (read(http->wake[0], room, sizeof room) > 0)
                ;
        pthread_mutex_lock(&http->lock);
        if (count == 0 && timeout >= 1000)
            zp_hub_beat(&http->hub);
        ending = http->ending;
        wake_streams(http);
        pthread_mutex_unlock(&http->lock);
        http->mhd.MHD_run(http->daemon);
    }
    /* Streams end as they should, not in the middle: their last bytes take a few turns. */
    for (int i = 0; i < ENDING_TURNS; i++)
        http->mhd.MHD_run(http->daemon);
    http->mhd.MHD_stop_daemon(http->daemon);
    return NULL;
}

static void wake(const zp_http *http)
{
    while (write(http->wake[1], "", 1) < 0 && errno == EINTR)
        ; /* a full pipe will wake it too */
}

/* --- What is put ------------------------------------------------------------------------------ */

static file *place_for(zp_http *http, zp_str path)
{
    file *f = find(http, path);
    for (size_t i = 0; !f && i < http->file_count; i++)
        if (!http->files[i].response)
            f = &http->files[i];
    if (!f)
        zp_list_grow(http->arena, http->files, http->file_count, http->file_capacity);
    return f ? f : &http->files[http->file_count++];
}

static void put(zp_http *http, const zp_http_file *given, struct MHD_Response *response)
{
    file *f = place_for(http, given->path);
    if (f->response)
        http->mhd.MHD_destroy_response(f->response);
    *f = (file){.response = response, .lasting = given->lasting, .turn = http->turn};
    memcpy(f->path, given->path.p, given->path.n);
}

void zp_http_put(zp_http *http, const zp_http_file *given)
{
    pthread_mutex_lock(&http->lock);
    file *there = given->lasting ? find(http, given->path) : NULL;
    if (there)
        there->turn = http->turn;
    pthread_mutex_unlock(&http->lock);
    if (there || given->path.n > ZP_HTTP_PATH)
        return;
    zp_arena *arena = zp_arena_new();
    const char *policy = given->policy.n > 0 ? zp_str_cstr(arena, given->policy) : refuse_all;
    struct MHD_Response *response =
        dress(http, bytes_response(http, given->bytes), given->type, policy, given->lasting);
    if (!response)
        zp_arena_exhausted();
    zp_arena_free(arena);
    pthread_mutex_lock(&http->lock);
    put(http, given, response);
    pthread_mutex_unlock(&http->lock);
}

void zp_http_turn(zp_http *http)
{
    pthread_mutex_lock(&http->lock);
    for (size_t i = 0; i < http->file_count; i++) {
        file *f = &http->files[i];
        if (!f->response || !f->lasting || f->turn + 1 >= http->turn)
            continue;
        http->mhd.MHD_destroy_response(f->response);
        f->response = NULL;
    }
    http->turn++;
    pthread_mutex_unlock(&http->lock);
}

void zp_http_say(zp_http *http, zp_str data)
{
    pthread_mutex_lock(&http->lock);
    zp_hub_say(&http->hub, data);
    pthread_mutex_unlock(&http->lock);
    wake(http);
}

/* --- Opening and closing ---------------------------------------------------------------------- */

/* A socket that listens on the loopback at `port`; -1 and errno. */
static int listen_at(unsigned port)
{
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)port),
                               .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    if (fd < 0)
        return -1;
    /* A port that only waits for its last packets is free. */
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&here, sizeof here) == 0 && listen(fd, SOMAXCONN) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static int listen_near(unsigned port)
{
    int fd = -1;
    for (unsigned i = 0; i < ZP_HTTP_PORTS_TRIED && port + i < 65536; i++) {
        fd = listen_at(port + i);
        if (fd >= 0 || (errno != EADDRINUSE && errno != EACCES))
            break;
    }
    return fd;
}

static bool read_names(zp_http *http, int fd)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char secret[SECRET_BYTES];
    struct sockaddr_in here;
    socklen_t size = sizeof here;
    if (getsockname(fd, (struct sockaddr *)&here, &size) != 0 ||
        getrandom(secret, sizeof secret, 0) != sizeof secret)
        return false;
    for (size_t i = 0; i < SECRET_BYTES; i++) {
        http->secret[2 * i] = hex[secret[i] >> 4];
        http->secret[2 * i + 1] = hex[secret[i] & 15];
    }
    http->port = ntohs(here.sin_port);
    zp_str host = zp_str_format(http->arena, "127.0.0.1:%u", http->port);
    zp_str other = zp_str_format(http->arena, "localhost:%u", http->port);
    memcpy(http->host, host.p, host.n);
    memcpy(http->other_host, other.p, other.n);
    return true;
}

static void keep_silent(void *user, const char *format, va_list arguments)
{
    (void)user, (void)format, (void)arguments;
}

static bool start(zp_http *http, int fd)
{
    http->daemon = http->mhd.MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, answer, http,
        MHD_OPTION_EXTERNAL_LOGGER, keep_silent, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)ZP_HTTP_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)ZP_HTTP_PATIENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_BYTES,
        MHD_OPTION_END);
    if (!http->daemon)
        return false;
    http->epoll = http->mhd.MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    static const char *const words[] = {"没有这一页\n", "不可以\n"};
    for (size_t i = 0; i < 2; i++)
        http->refusals[i] = dress(http, bytes_response(http, zp_str_from(words[i])),
                                  "text/plain; charset=utf-8", refuse_all, false);
    pthread_mutex_init(&http->lock, NULL);
    if (pthread_create(&http->thread, NULL, serve, http) == 0)
        return true;
    http->mhd.MHD_stop_daemon(http->daemon);
    return false;
}

zp_http *zp_http_open(zp_arena *arena, unsigned port, zp_str *why)
{
    zp_http *http = zp_new(arena, zp_http);
    http->arena = arena;
    if (!zp_library_open(ZP_SONAME_MICROHTTPD, entries, &http->mhd)) {
        *why = ZP_STR("没有装 libmicrohttpd（" ZP_SONAME_MICROHTTPD "）");
        return NULL;
    }
    int fd = listen_near(port);
    if (fd < 0) {
        *why = errno == EADDRINUSE ? ZP_STR("端口都被占用，请用 --port 换一个")
                                   : ZP_STR("系统不让用这个端口，请用 --port 换一个");
        return NULL;
    }
    *why = ZP_STR("系统没有足够的资源");
    if (!read_names(http, fd) || pipe2(http->wake, O_CLOEXEC | O_NONBLOCK) != 0 ||
        !start(http, fd)) {
        close(fd);
        return NULL;
    }
    return http;
}

zp_str zp_http_address(const zp_http *http)
{
    return zp_str_format(http->arena, "http://%s/%s/", http->host, http->secret);
}

void zp_http_close(zp_http *http)
{
    if (!http)
        return;
    pthread_mutex_lock(&http->lock);
    http->ending = true;
    pthread_mutex_unlock(&http->lock);
    wake(http);
    pthread_join(http->thread, NULL);
    for (size_t i = 0; i < http->file_count; i++)
        if (http->files[i].response)
            http->mhd.MHD_destroy_response(http->files[i].response);
    for (size_t i = 0; i < 2; i++)
        http->mhd.MHD_destroy_response(http->refusals[i]);
    zp_hub_close(&http->hub);
    close(http->wake[0]);
    close(http->wake[1]);
    pthread_mutex_destroy(&http->lock);
}
