using System.Diagnostics.CodeAnalysis;

namespace Chat;

/// <summary>Converts a caller's text to a value; false if it can't. Must not throw, whatever the text.</summary>
public delegate bool TextConverter(string text, [NotNullWhen(true)] out object? value);
