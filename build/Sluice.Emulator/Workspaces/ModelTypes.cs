namespace Sluice.Emulator.Workspaces;

/// <summary>The kinds of model.</summary>
internal static class ModelTypes
{
    // The names of 2022-02-01-preview, by those of today. Clients of that version still send them.
    private static readonly Dictionary<string, string> FormerNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CustomModel"] = Custom,
        ["MLFlowModel"] = Mlflow,
        ["TritonModel"] = Triton,
    };

    /// <summary>Any files.</summary>
    public const string Custom = "custom_model";

    /// <summary>An MLflow model folder, which can be served without code.</summary>
    public const string Mlflow = "mlflow_model";

    /// <summary>A Triton model repository.</summary>
    public const string Triton = "triton_model";

    /// <summary>What a model's type may be written as.</summary>
    public static IReadOnlyList<string> Names { get; } = [Custom, Mlflow, Triton, .. FormerNames.Keys];

    /// <summary>The kind of that name, by which it is known today.</summary>
    public static string Today(string name) => FormerNames.GetValueOrDefault(name, name);
}
