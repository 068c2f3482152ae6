using Microsoft.ML.OnnxRuntime.Tensors;
using Sluice.Emulator.Scoring.Onnx;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Checks that a graph can be fed with what the signature describes. On Azure a model that does not fit comes up and then fails every
/// single request; here it fails at once, with the reason.
/// </summary>
internal static class GraphFit
{
    /// <summary>Checks a graph against a signature.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="file">The graph's file, for errors.</param>
    /// <param name="inputs">The signature's inputs; null when there are none to check against.</param>
    /// <exception cref="ModelFolderException">The two do not fit.</exception>
    internal static void Check(OnnxGraph graph, string file, InputSchema? inputs)
    {
        switch (inputs)
        {
            case InputSchema.Columns columns when graph.Inputs.Count > 1:
                CheckVectors(graph, file, columns);
                break;
            case InputSchema.Columns columns:
                CheckMatrix(graph.Inputs[0], file, columns);
                break;
            case InputSchema.Tensors tensors:
                CheckTensors(graph, file, tensors);
                break;
        }
    }

    private static void CheckVectors(OnnxGraph graph, string file, InputSchema.Columns columns)
    {
        foreach (var input in graph.Inputs)
        {
            var spec = columns.Specs.FirstOrDefault(candidate => candidate.Name == input.Name)
                ?? throw new ModelFolderException(
                    ModelFolder.MLmodel, $"'signature.inputs' has no column '{input.Name}', which the graph in {file} needs.");
            if (input.Shape is not null and not [_])
            {
                throw new ModelFolderException(
                    file,
                    $"the graph's input '{input.Name}' has rank {input.Shape.Count}. A graph with several inputs gets a vector a column, "
                    + "so each input must have rank 1; reshape inside the graph.");
            }

            CheckType(input, file, spec.DType, $"column '{spec.Name}' of 'signature.inputs' is {spec.Type}");
        }
    }

    private static void CheckMatrix(OnnxPort input, string file, InputSchema.Columns columns)
    {
        if (input.Shape is not null and not [_, _])
        {
            throw new ModelFolderException(
                file,
                $"the graph's only input '{input.Name}' has rank {input.Shape.Count}. A graph with one input gets all columns as a matrix, "
                + "so the input must have rank 2.");
        }

        if (input.Shape is [_, > 0 and var width] && width != columns.Specs.Count)
        {
            throw new ModelFolderException(
                ModelFolder.MLmodel,
                $"'signature.inputs' has {columns.Specs.Count} columns, but the input '{input.Name}' of the graph in {file} takes "
                + $"{width}.");
        }

        if (columns.Specs.FirstOrDefault(spec => spec.DType == DType.DateTime) is { } date)
        {
            throw new ModelFolderException(
                ModelFolder.MLmodel,
                $"column '{date.Name}' of 'signature.inputs' is {date.Type}, but the graph in {file} takes all columns as one matrix, and "
                + "no graph takes dates.");
        }

        var text = columns.Specs.FirstOrDefault(spec => spec.DType == DType.Object);
        if (input.Type != TensorElementType.String && text is not null)
        {
            throw new ModelFolderException(
                ModelFolder.MLmodel,
                $"column '{text.Name}' of 'signature.inputs' is {text.Type}, but the graph in {file} takes all columns as one "
                + $"{input.TypeName}.");
        }

        var common = CommonType.Of(columns.Specs.Select(spec => spec.DType));
        if (!InputTensor.Takes(input.Type, common))
        {
            throw new ModelFolderException(
                ModelFolder.MLmodel,
                $"the columns of 'signature.inputs' make a matrix of {SignatureEnforcement.NameOf(common)}, but the input '{input.Name}' "
                + $"of the graph in {file} is {input.TypeName}.");
        }
    }

    private static void CheckTensors(OnnxGraph graph, string file, InputSchema.Tensors tensors)
    {
        if (!tensors.Named && graph.Inputs.Count > 1)
        {
            throw new ModelFolderException(
                ModelFolder.MLmodel,
                $"'signature.inputs' is one tensor without a name, but the graph in {file} has {graph.Inputs.Count} inputs.");
        }

        foreach (var input in graph.Inputs)
        {
            var spec = tensors.Named ? tensors.Specs.FirstOrDefault(candidate => candidate.Name == input.Name) : tensors.Specs[0];
            if (spec is null)
            {
                throw new ModelFolderException(
                    ModelFolder.MLmodel, $"'signature.inputs' has no tensor '{input.Name}', which the graph in {file} needs.");
            }

            if (input.Shape is { } shape && shape.Count != spec.Shape.Count)
            {
                throw new ModelFolderException(
                    ModelFolder.MLmodel,
                    $"'signature.inputs' declares rank {spec.Shape.Count} for the input '{input.Name}', but the graph in {file} rank "
                    + $"{shape.Count}.");
            }

            CheckType(input, file, spec.DType, $"'signature.inputs' declares {SignatureEnforcement.NameOf(spec.DType)} for it");
        }
    }

    private static void CheckType(OnnxPort input, string file, DType type, string declared)
    {
        if (!InputTensor.Takes(input.Type, type))
        {
            throw new ModelFolderException(
                ModelFolder.MLmodel, $"the input '{input.Name}' of the graph in {file} is {input.TypeName}, but {declared}.");
        }
    }
}
