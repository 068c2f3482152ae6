using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.IntegrationTests.Conformance;

namespace Sluice.IntegrationTests.Journal;

/// <summary>
/// The way to a workspace whose default datastore lies in azurite: answers for ARM itself, and finds azurite by any host's name.
/// </summary>
internal sealed class AzuriteWorkspace(RunningAzurite azurite, string container) : DelegatingHandler(HandlerFor(azurite.Service.Uri.Port))
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        const string Datastore = "/datastores/workspaceblobstore";
        var path = request.RequestUri!.AbsolutePath;
        var body = path.EndsWith(Datastore, StringComparison.Ordinal)
            ? $$"""
                {"id":"{{path}}","name":"workspaceblobstore","type":"Microsoft.MachineLearningServices/workspaces/datastores",
                 "properties":{"isDefault":true,"credentials":{"credentialsType":"AccountKey"},"datastoreType":"AzureBlob",
                 "accountName":"{{azurite.Service.AccountName}}","containerName":"{{container}}",
                 "endpoint":"localhost:{{azurite.Service.Uri.Port}}","protocol":"https"} }
                """
            : path.EndsWith($"{Datastore}/listSecrets", StringComparison.Ordinal)
                ? $$"""{"secretsType":"AccountKey","key":"{{azurite.Key}}"}"""
                : null;
        if (body is null)
        {
            // Azurite has no certificate, and the client sends no token without TLS.
            request.RequestUri = new UriBuilder(request.RequestUri) { Scheme = Uri.UriSchemeHttp }.Uri;
            return await base.SendAsync(request, cancellationToken);
        }

        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            RequestMessage = request,
        };
    }

    private static SocketsHttpHandler HandlerFor(int port) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
