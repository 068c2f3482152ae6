namespace Sluice.Rollouts.Spec;

/// <summary>
/// What the local Azure ML serves less of than Azure: without a scoring script it runs a model's ONNX graph, and no other flavour of MLflow.
/// </summary>
public static class LocalServing
{
    /// <summary>What it serves, in words that fit behind "allowed: ".</summary>
    public const string Allowed =
        "a folder with the flavour onnx, as mlflow.onnx.save_model writes it, or code_configuration in the deployment's file, for a scoring script";

    /// <summary>The mistakes of a specification that is to run on it: whole sentences that say what was found and what is allowed.</summary>
    /// <param name="spec">What is wanted.</param>
    public static IEnumerable<string> Mistakes(RolloutSpec spec) => Obstacles(spec).Select(obstacle => $"{obstacle}; allowed: {Allowed}.");

    /// <summary>Which folders it can't serve: a clause each that says what was found; none when it serves both versions.</summary>
    /// <param name="spec">What is wanted. A version that is registered already is not looked into.</param>
    public static IEnumerable<string> Obstacles(RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new[] { (Deployment: spec.Blue, Model: spec.Model.Baseline ?? spec.Model.Candidate), (Deployment: spec.Green, Model: spec.Model.Candidate) }
            .Where(served => served.Deployment.Code is null)
            .Select(served => served.Model)
            .OfType<ModelFolder>()
            .Where(folder => !folder.Flavors.IsEmpty && !folder.Flavors.Contains("onnx"))
            .Select(folder => $"{folder.Path} has the flavours {string.Join(", ", folder.Flavors)}, but not onnx, and the local Azure ML serves no other")
            .Distinct();
    }
}
