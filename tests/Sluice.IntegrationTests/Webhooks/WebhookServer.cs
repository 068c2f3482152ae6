using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Somebody else's service, over plain HTTP on loopback.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WebhookServer(WebApplication application) => _application = application;

    /// <summary>What came in: the path, the headers and the body.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Headers, string Body)> Requests { get; } = new();

    public Uri Address => new(_application.Urls.Single());

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request whose body has been read.</param>
    public static async Task<WebhookServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new WebhookServer(builder.Build());
        server._application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);

            // Copied, because the server uses its own again for the next request.
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            server.Requests.Enqueue((context.Request.Path, headers, body));
            await answer(context);
        });
        await server._application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
