using System.Globalization;
using Azure;

namespace Sluice.AzureML.Waiting;

/// <summary>The header <c>Retry-After</c> and its two finer relatives.</summary>
internal static class RetryAfter
{
    /// <summary>The wait that an answer asks for; null when it asks for none.</summary>
    /// <param name="response">The answer; null when there is none.</param>
    /// <param name="now">The time now, from which a date in the header counts.</param>
    public static TimeSpan? Of(Response? response, DateTimeOffset now)
    {
        if (response is null)
        {
            return null;
        }

        if ((Number(response, "retry-after-ms") ?? Number(response, "x-ms-retry-after-ms")) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (Number(response, "Retry-After") is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return response.Headers.TryGetValue("Retry-After", out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var date)
            && date > now
                ? date - now
                : null;
    }

    private static int? Number(Response response, string header) =>
        response.Headers.TryGetValue(header, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
