using System.Text.Json;
using Azure;
using Azure.Core;

namespace Sluice.AzureML.Connection;

/// <summary>Reads that the SDK has no method for, by the connection's own pipeline: with its token, its retries and its time-outs.</summary>
internal static class PlainGet
{
    /// <summary>Reads a document.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="address">Where it is. The caller's token goes there.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public static async Task<JsonElement> ReadAsync(AzureConnection connection, Uri address, CancellationToken cancellationToken)
    {
        using var message = connection.Pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        await connection.Pipeline.SendAsync(message, cancellationToken);
        if (message.Response.IsError)
        {
            throw new RequestFailedException(message.Response);
        }

        using var document = JsonDocument.Parse(message.Response.Content);
        return document.RootElement.Clone();
    }

    /// <summary>Reads a list of ARM's to its end.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="path">The path at ARM, with its query.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    /// <exception cref="FormatException">A page leads away from ARM, where the token must not go.</exception>
    public static async Task<IReadOnlyList<JsonElement>> ListAsync(AzureConnection connection, string path, CancellationToken cancellationToken)
    {
        var arm = connection.Environment.Endpoint;
        var items = new List<JsonElement>();
        for (var next = new Uri(arm, path); next is not null;)
        {
            if (Uri.Compare(next, arm, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            {
                throw new FormatException("A list goes on at another server.");
            }

            var page = await ReadAsync(connection, next, cancellationToken);
            items.AddRange(page.GetProperty("value").EnumerateArray());
            var link = page.TextOf("nextLink");
            next = string.IsNullOrEmpty(link) ? null : new Uri(link);
        }

        return items;
    }
}
