using Newtonsoft.Json;
using Sluice.Inspection;
using Sluice.Output;
using Sluice.Rollouts.Execution;
using Spectre.Console;

namespace Sluice.Sessions;

/// <summary>Looks at the endpoint from outside: once, or again and again.</summary>
internal static class StatusSession
{
    /// <summary>The longest time that one call of a look may take; a person waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Shows the status as the parameters ask for it.</summary>
    public static async Task RunAsync(RolloutContext context)
    {
        var (parameters, spec) = (context.Parameters, context.Spec);
        await using var connection = await context.ConnectAsync(Patience);
        if (!parameters.Watch)
        {
            var standing = await LookAsync(null, context.CancellationToken);
            context.Show(standing.State, Document(standing), Lines(standing));
            return;
        }

        await using var screen = Screen();
        try
        {
            var last = await new StatusWatch(LookAsync, screen, parameters.Interval, TimeProvider.System).RunAsync(context.CancellationToken);
            context.Keep(last.State, Lines(last));
        }
        catch (OperationCanceledException ended) when (context.CancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how a person stops looking.
            context.EndAsCancelled(ended);
        }

        Task<Standing> LookAsync(Standing? previous, CancellationToken cancellationToken) => Standing.OfAsync(
            spec,
            connection.Workspace,
            connection.Journal,
            connection.Telemetry,
            ThisMachine.Runs,
            previous,
            TimeProvider.System,
            cancellationToken);

        StatusDocument Document(Standing standing) => StatusDocument.Of(spec.Workspace.Name, standing, standing.NextSteps(parameters.CommandFor));

        IEnumerable<string> Lines(Standing standing) => StatusText.Lines(Document(standing), spec.Endpoint.Name);

        IStatusScreen Screen() => parameters.Output == OutputForm.Json
            ? new JsonStatusScreen(Console.Out, Console.Error, Document, document => AgentCommands.DefuseJson(JsonConvert.SerializeObject(document, Formatting.None)))
            : Screens.IsTerminal
                ? new LiveStatusScreen(AnsiConsole.Console, Lines, TimeProvider.System)
                : new LogStatusScreen(Console.Out, Lines);
    }
}
