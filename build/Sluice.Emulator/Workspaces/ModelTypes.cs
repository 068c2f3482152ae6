namespace Sluice.Emulator.Workspaces;

/// <summary>The kinds of model.</summary>
internal static class ModelTypes
{
    /// <summary>Any files.</summary>
    public const string Custom = "custom_model";

    /// <summary>An MLflow model folder, which can be served without code.</summary>
    public const string Mlflow = "mlflow_model";

    /// <summary>A Triton model repository.</summary>
    public const string Triton = "triton_model";
}
