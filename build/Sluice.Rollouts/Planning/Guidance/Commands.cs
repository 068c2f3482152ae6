using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Guidance;

/// <summary>Commands on what a run speaks to, as people type them.</summary>
/// <param name="Of">Writes the command that runs a target, with further arguments if need be.</param>
/// <param name="Again">
/// The command of the run itself, with its arguments, but for those that a person says of one moment only: what they accept, and whose lock they
/// take.
/// </param>
public sealed record Commands(Func<string, string> Of, string Again)
{
    /// <summary>The target, with its arguments, that deletes the endpoint with all that it has.</summary>
    public const string DeleteEndpoint = "Cleanup --delete-endpoint --yes";

    /// <summary>
    /// The same, for a model that the configuration does not mean: a command of the line, as it is, would begin to roll the configuration's out.
    /// Rollback means the newest rollout, whatever the configuration; it is left as it is, and leads on to what that would bring live.
    /// </summary>
    /// <param name="model">Which model is meant.</param>
    public Commands Meaning(ModelSource model) => this with
    {
        Of = target => Of(Enum.TryParse<Stage>(target.Split(' ')[0], out var stage) && stage is not Stage.Rollback ? $"{target} --model-path={model.Title}" : target),
    };

    /// <summary>Shows what is there.</summary>
    public NextStep Look => new(Of("Status"), "shows what is there now");

    /// <summary>The command of the run with a flag, whether the run had it or not.</summary>
    /// <param name="flag">The flag, with its dashes.</param>
    public string AgainWith(string flag) => Again.Split(' ').Contains(flag) ? Again : $"{Again} {flag}";

    /// <summary>The command of the run without a flag.</summary>
    /// <param name="flag">The flag, with its dashes.</param>
    public string AgainWithout(string flag) => string.Join(' ', Again.Split(' ').Where(word => word != flag));

    /// <summary>The steps after an error that came before the first look; it says itself what is wrong.</summary>
    /// <param name="hasBrokenEndpoint">Whether the endpoint was not created successfully, so that it can only be deleted.</param>
    public NextSteps AfterError(bool hasBrokenEndpoint) => hasBrokenEndpoint
        ? new([new(Of(DeleteEndpoint), "deletes the endpoint, which was not created successfully"), new(Again, "after that")])
        : new([Look, new(Again, "goes on from there")]);
}
