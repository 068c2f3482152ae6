namespace HeartClassifier.Trainer.Mlflow;

/// <summary>
/// The Python environment in which a server loads the models. One release of each package, chosen so that pip accepts them together:
/// MLflow 2.16 takes pandas below 3, onnxruntime 1.19 has wheels for Python 3.10 and reads the graphs' IR version 8 and opset 17.
/// </summary>
internal static class MlflowEnvironment
{
    /// <summary>The Python release.</summary>
    public const string Python = "3.10.14";

    /// <summary>The MLflow release, whose folder layout and MLmodel fields are written.</summary>
    public const string Mlflow = "2.16.2";

    /// <summary>The ONNX release.</summary>
    public const string Onnx = "1.16.2";

    /// <summary>The packages, one requirement each, as in requirements.txt.</summary>
    public static readonly IReadOnlyList<string> Requirements =
    [
        $"mlflow=={Mlflow}",
        "numpy==1.26.4",
        $"onnx=={Onnx}",
        "onnxruntime==1.19.2",
        "pandas==2.2.3",
    ];

    /// <summary>The text of requirements.txt.</summary>
    public static string RequirementsText => string.Concat(Requirements.Select(requirement => $"{requirement}\n"));

    /// <summary>The text of conda.yaml, from which Azure ML builds a no-code deployment's image.</summary>
    public static string CondaText =>
        $"""
        channels:
        - conda-forge
        dependencies:
        - python={Python}
        - pip<=24.0
        - pip:
        {string.Concat(Requirements.Select(requirement => $"  - {requirement}\n"))}name: mlflow-env

        """;

    /// <summary>The text of python_env.yaml, which MLflow's own virtual environments are built from.</summary>
    public static string PythonEnvironmentText =>
        $"""
        python: {Python}
        build_dependencies:
        - pip==24.0
        - setuptools==69.5.1
        - wheel==0.43.0
        dependencies:
        - -r requirements.txt

        """;
}
