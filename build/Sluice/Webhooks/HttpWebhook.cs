using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.Webhooks;

/// <summary>
/// Asks webhooks over HTTP, with the certificates that the machine trusts. What a stranger answers is read as far as one line of it may
/// reach, and shown without anything that a terminal would obey. Neither bodies nor tokens are written anywhere.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class HttpWebhook(TimeProvider time) : IWebhook, IDisposable
{
    /// <summary>The bytes of UTF-8 that a body may have.</summary>
    public const int LongestBody = 1024 * 1024;

    /// <summary>The characters that are shown of an answer.</summary>
    public const int LongestSentence = 200;

    /// <summary>Bytes of an answer; the first line of more than that is none.</summary>
    private const int LongestAnswer = 16 * 1024;

    /// <summary>Letters of a part of a secret address from which on it is not shown; shorter ones are words of any answer.</summary>
    private const int ShortestHidden = 6;

    private const string NotWhole = "the address is not a whole one; expected is https://…";

    private static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _remote = new(Handler(useProxy: true)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>What stays on the machine passes no proxy, which would read it where it is not encrypted.</summary>
    private readonly HttpClient _local = new(Handler(useProxy: false)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is not above zero.</exception>
    public Task<WebhookAnswer> AskAsync(Uri address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken) =>
        PostAsync(address, body, token, Texts(token), timeout, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is not above zero.</exception>
    public Task<WebhookAnswer> AskAsync(Secret address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);

        // Not the constructor, whose complaint about its form would quote it.
        return Uri.TryCreate(address.Reveal().Trim(), UriKind.Absolute, out var whole)
            ? PostAsync(whole, body, token, [.. PartsOf(whole, address), .. Texts(token)], timeout, cancellationToken)
            : Task.FromResult(new WebhookAnswer(0, NotWhole));
    }

    private async Task<WebhookAnswer> PostAsync(
        Uri address, string body, Secret? token, string[] hidden, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        if (Objection(address, body) is { } objection)
        {
            return NoAnswer(objection);
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.TryAddWithoutValidation("User-Agent", "Sluice");
            if (token is not null && !TryAuthorize(request, token))
            {
                return NoAnswer("the token has a character that no header may have");
            }

            var client = address.IsLoopback ? _local : _remote;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var status = (int)response.StatusCode;
            var sentence = status is >= 300 and < 400
                ? "a redirect, which is not followed"
                : Sentence(await ReadAsync(response.Content, both.Token), hidden);
            return new WebhookAnswer(status, sentence) { RetryAfter = RetryAfterOf(response) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.###} s"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return NoAnswer(exception.Message);
        }

        WebhookAnswer NoAnswer(string why) => new(0, Sentence(why, hidden));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _remote.Dispose();
        _local.Dispose();
    }

    private static SocketsHttpHandler Handler(bool useProxy) => new()
    {
        UseProxy = useProxy,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = PooledConnectionLifetime,
    };

    /// <summary>
    /// Why nothing is sent; null where nothing speaks against it. An address is named by its host alone: the rest may hold a key.
    /// </summary>
    private static string? Objection(Uri address, string body)
    {
        if (!address.IsAbsoluteUri)
        {
            return NotWhole;
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            return $"the address on {address.Host} is {address.Scheme}; allowed are https, and http on loopback";
        }

        if (address.UserInfo.Length > 0)
        {
            return $"the address on {address.Host} has a user name; what it should be known by goes into the token";
        }

        var size = Encoding.UTF8.GetByteCount(body);
        return size <= LongestBody ? null : $"the body has {size} bytes; allowed are {LongestBody}";
    }

    /// <summary>Not parsed, so that no complaint about its form can quote the token.</summary>
    private static bool TryAuthorize(HttpRequestMessage request, Secret token) =>
        token.Reveal().All(letter => letter is > ' ' and <= '~')
        && request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Reveal());

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestAnswer];
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static string[] Texts(Secret? token) => token is null ? [] : [token.Reveal()];

    /// <summary>What of an address that is a secret must not be shown: all that is behind its host, whole, in parts, and without escapes.</summary>
    private static string[] PartsOf(Uri whole, Secret address) =>
    [
        .. new[] { address.Reveal().Trim(), whole.AbsoluteUri, whole.PathAndQuery }
            .Concat((whole.AbsolutePath + whole.Query).Split('/', '?', '&', '=').Where(part => part.Length >= ShortestHidden))
            .SelectMany(part => new[] { part, Uri.UnescapeDataString(part) })
            .Where(part => part.Length > 1)
            .Distinct()
            .OrderByDescending(part => part.Length),
    ];

    /// <summary>By its number of seconds, or its date.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The first line with anything in it, without what must not be shown, should the other side have quoted it.</summary>
    private static string Sentence(string text, string[] hidden)
    {
        var own = hidden.Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));
        var line = own.Split('\n').Select(Plain).FirstOrDefault(line => line.Length > 0) ?? "";
        return Shortened.Of(line, LongestSentence);
    }

    private static string Plain(string line) => string.Concat(line.Where(letter => !IsCommand(letter))).Trim();

    /// <summary>What moves a cursor, sets a colour or turns the direction of writing.</summary>
    private static bool IsCommand(char letter) => char.IsControl(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
