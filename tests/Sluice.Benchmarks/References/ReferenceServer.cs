using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.OnnxRuntime;
using Sluice.Emulator.Hosting;

namespace Sluice.Benchmarks.References;

/// <summary>
/// The least that a scoring server does: Kestrel, with TLS and a certificate as the emulator's, and a handler that runs the session on one
/// row which lies ready, and writes the outputs. It reads no request, and knows no keys, deployments, limits, metrics or logs.
/// </summary>
internal static class ReferenceServer
{
    /// <summary>The first argument of the process that it runs in.</summary>
    public const string Mode = "reference-server";

    /// <summary>Serves until the process is ended. The first line that it writes is its address.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="rows">The file with the row.</param>
    /// <param name="folder">Takes the certificate.</param>
    public static async Task RunAsync(string model, string rows, string folder)
    {
        using var bare = new BareModel(model, HeartRows.Take(rows, count: 1));
        using var certificate = ServerCertificate.LoadOrCreate(StateFolder.Open(folder), TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port: 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(certificate);
            });
        });
        await using var application = builder.Build();
        application.Run(context => AnswerAsync(context, bare));
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await Console.Out.WriteLineAsync(addresses.Single());
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task AnswerAsync(HttpContext context, BareModel model)
    {
        var response = context.Response;
        response.ContentType = MediaTypeNames.Application.Json;
        Write(model, response);
        await response.BodyWriter.FlushAsync();
    }

    private static void Write(BareModel model, HttpResponse response)
    {
        using var outputs = model.Run();
        using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartArray();
        writer.WriteStartObject();
        for (var output = 0; output < outputs.Count; output++)
        {
            writer.WritePropertyName(model.Outputs[output]);
            WriteFirst(outputs[output], writer);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.Flush();
        response.ContentLength = writer.BytesCommitted;
    }

    private static void WriteFirst(OrtValue output, Utf8JsonWriter writer)
    {
        if (output.GetTensorTypeAndShape().ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64)
        {
            writer.WriteNumberValue(output.GetTensorDataAsSpan<long>()[0]);
        }
        else
        {
            writer.WriteNumberValue(output.GetTensorDataAsSpan<float>()[0]);
        }
    }
}
