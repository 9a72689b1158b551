namespace System.Runtime.CompilerServices;

/// <summary>The compiler asks for it where a record is declared.</summary>
internal static class IsExternalInit;
