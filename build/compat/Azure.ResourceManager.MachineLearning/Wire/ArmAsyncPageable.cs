using System.Runtime.CompilerServices;
using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A list whose pages are fetched as they are asked for.</summary>
internal sealed class ArmAsyncPageable<TWire, T>(
    ArmConnection connection, Func<HttpMessage> first, Func<TWire, T> select, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        Pages(continuationToken, CancellationToken);

    private async IAsyncEnumerable<Page<T>> Pages(string? link, [EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            var message = link is null ? first() : connection.CreateMessage(link);
            var response = await connection.SendAsync(message, cancellation).ConfigureAwait(false);
            var page = WireJson.Read<ArmPage<TWire>>(response);
            link = string.IsNullOrEmpty(page.NextLink) ? null : page.NextLink;
            yield return Page<T>.FromValues([.. page.Value.Select(select)], link, response);
        }
        while (link is not null);
    }
}
