namespace HeartClassifier.Trainer.Data;

/// <summary>The types of MLflow's column signatures that the heart data needs.</summary>
internal enum ColumnType
{
    /// <summary>A whole number; int64 in the graph.</summary>
    Long,

    /// <summary>A fractional number; MLflow casts it to the graph's float32.</summary>
    Double,

    /// <summary>Text.</summary>
    String,
}
