namespace HeartClassifier.Trainer.Onnx;

/// <summary>Element types of tensors, numbered as in <c>TensorProto.DataType</c>.</summary>
internal enum OnnxElementType
{
    /// <summary>A value that was never set; no tensor has it.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>Text in UTF-8.</summary>
    String = 8,
}
