using System.Text;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.CommandLine;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice;

/// <summary>
/// What stands in front of the Cake host: the command line and the configuration are judged as a whole before anything runs, signals
/// become a cancellation, and each outcome gets its own exit code. It holds with the official host, too.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!ParametersReader.TryRead(arguments, out var parameters, out var hostArguments, out var code))
        {
            return code;
        }

        using var cancellation = new Cancellation();
        var run = new RunState(Console.Out, cancellation.Token);
        var hostCode = new CakeHost()
            .ConfigureServices(services => services.AddSingleton(parameters).AddSingleton(run))
            .UseContext<RolloutContext>()
            .UseLifetime<RolloutLifetime>()
            .UseCakeSetting("Settings_NoReport", parameters.HasReport ? "false" : "true")
            .Run(hostArguments);
        await LastWord.SayAsync(run, parameters);
        return ExitCodes.Of(hostCode, run.Error, cancellation.Signal);
    }
}
