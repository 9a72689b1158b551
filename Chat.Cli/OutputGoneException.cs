namespace Chat.Cli;

/// <summary>Could not write the output: the reader is gone, or the disk is full.</summary>
internal sealed class OutputGoneException(IOException inner) : Exception(inner.Message, inner);
