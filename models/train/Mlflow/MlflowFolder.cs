using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Onnx;
using HeartClassifier.Trainer.Training;

namespace HeartClassifier.Trainer.Mlflow;

/// <summary>A complete MLflow model of the onnx flavour, as <c>mlflow.onnx.save_model</c> lays one out.</summary>
internal static class MlflowFolder
{
    /// <summary>
    /// The row of the input example. On Azure ML the example's values decide the columns' types: an oldpeak without a fraction would
    /// make an integer column of it.
    /// </summary>
    public static readonly HeartRow Example = new()
    {
        Numbers = [48, 0, 3, 130, 275, 0, 0, 139, 0, 0.2f, 1, 0],
        Thal = "normal",
    };

    /// <summary>Writes the folder's files, over any that are there.</summary>
    /// <param name="folder">The folder; it is made when it is not there.</param>
    /// <param name="recipe">The version, for its date.</param>
    /// <param name="model">The bytes of the ONNX file.</param>
    public static void Write(string folder, ModelRecipe recipe, byte[] model)
    {
        var example = SplitFrame.OnOneLine([Example]);
        var servingExample = $$"""{"dataframe_split": {{example}}}""";
        var size = model.Length + Encoding.UTF8.GetByteCount(example) + Encoding.UTF8.GetByteCount(servingExample);

        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), model);
        File.WriteAllText(Path.Combine(folder, "input_example.json"), example);
        File.WriteAllText(Path.Combine(folder, "serving_input_example.json"), servingExample);
        File.WriteAllText(Path.Combine(folder, "MLmodel"), Describe(recipe, model, size));
        File.WriteAllText(Path.Combine(folder, "conda.yaml"), MlflowEnvironment.CondaText);
        File.WriteAllText(Path.Combine(folder, "python_env.yaml"), MlflowEnvironment.PythonEnvironmentText);
        File.WriteAllText(Path.Combine(folder, "requirements.txt"), MlflowEnvironment.RequirementsText);
    }

    private static string Describe(ModelRecipe recipe, byte[] model, long size) =>
        $"""
        artifact_path: model
        flavors:
          onnx:
            code: null
            data: model.onnx
            onnx_session_options: null
            onnx_version: {MlflowEnvironment.Onnx}
            providers:
            - CPUExecutionProvider
          python_function:
            data: model.onnx
            env:
              conda: conda.yaml
              virtualenv: python_env.yaml
            loader_module: mlflow.onnx
            python_version: {MlflowEnvironment.Python}
        mlflow_version: {MlflowEnvironment.Mlflow}
        model_size_bytes: {size}
        model_uuid: {Convert.ToHexStringLower(SHA256.HashData(model))[..32]}
        saved_input_example_info:
          artifact_path: input_example.json
          pandas_orient: split
          serving_input_path: serving_input_example.json
          type: dataframe
        signature:
          inputs: '[{string.Join(", ", HeartSchema.Inputs.Select(column => ColumnSpec(column.Type, column.Name)))}]'
          outputs: '[{ColumnSpec("long", HeartGraph.Target)}, {ColumnSpec("float", HeartGraph.Probability)}]'
          params: null
        utc_time_created: '{recipe.Created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 00:00:00.000000'

        """;

    private static string ColumnSpec(ColumnType type, string name) => ColumnSpec(type.ToString().ToLowerInvariant(), name);

    private static string ColumnSpec(string type, string name) => $$"""{"type": "{{type}}", "name": "{{name}}", "required": true}""";
}
