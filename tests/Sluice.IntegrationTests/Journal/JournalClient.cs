using Azure.Core;
using Azure.Core.Pipeline;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Journal;

namespace Sluice.IntegrationTests.Journal;

/// <summary>One process's connection to the workspace.</summary>
internal sealed class JournalClient : IDisposable
{
    private readonly HttpMessageHandler _handler;
    private readonly HttpClientTransport _transport;
    private readonly AzureConnection _connection;

    public JournalClient(
        HttpMessageHandler handler, Func<HttpPipelineTransport, HttpMessageHandler, DelayStrategy, AzureConnection> connect)
    {
        _handler = handler;
        Way = new LossyWay(handler);
        _transport = new HttpClientTransport(Way);
        _connection = connect(_transport, handler, DelayStrategy.CreateFixedDelayStrategy(TimeSpan.FromMilliseconds(1)));
    }

    public LossyWay Way { get; }

    /// <summary>The journal of an endpoint.</summary>
    public JournalBlob Journal(string endpoint, TimeProvider? time = null) =>
        new(_connection, endpoint, TimeSpan.FromHours(1), time ?? TimeProvider.System);

    public void Dispose()
    {
        _connection.Dispose();
        _transport.Dispose();
        Way.Dispose();
        _handler.Dispose();
    }
}
