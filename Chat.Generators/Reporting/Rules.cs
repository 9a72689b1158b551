using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reporting;

/// <summary>All that is reported; docs/diagnostics.md has a section for each.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor
        Duplicate = Error("CHAT001", "Two commands have one name", "The name {0} belongs to {1} already", WellKnownDiagnosticTags.CompilationEnd),
        ParameterName = Error("CHAT001", "Two commands have one name", "The name {0} belongs to {1} already"),
        ParameterType = Error("CHAT002", "A caller can't give a value of this type", "The parameter {0} is of the type {1}, which no text can be converted to: it must be a string, number, bool, enum, TimeSpan, User, Room, or an IParsable of itself"),
        Order = Error("CHAT003", "The parameters are in an impossible order", "{0}"),
        ReturnType = Error("CHAT004", "No reply can be made of what the method returns", "The method {0} returns {1}: it must be a string, CommandResult or nothing, or a Task or ValueTask of these"),
        Aborted = Warning("CHAT005", "A call does not hear of the cancellation", "Pass {0} on to {1}: the command goes on after its deadline otherwise"),
        BadExample = Error("CHAT006", "An example does not parse", "The example \"{0}\" does not parse: {1}"),
        NoSummary = Warning("CHAT007", "A command has no summary", "The command {0} has no <summary>: help has nothing to say of it"),
        BadName = Error("CHAT008", "A name is none", "The name \"{0}\" is none: words of letters, digits, - and _, at most 64 characters"),
        Misfit = Error("CHAT009", "An attribute does not fit its parameter", "{0} ({1})"),
        OutOfReach = Error("CHAT010", "Generated code can't use this", "{0} can't be used: {1}"),
        Entry = Error("CHAT011", "The plugin's entry is not clear", "{0}", WellKnownDiagnosticTags.CompilationEnd),
        OutOfBounds = Error("CHAT012", "A limit is out of bounds", "{0}"),
        BadDefault = Error("CHAT013", "A default does not parse", "The default \"{0}\" is no value of {1}: {2}"),
        Pinned = Warning("CHAT014", "The plugin could not be unloaded", "{0} keeps the plugin in memory after it is replaced: {1}", "Unloading");

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        new(id, title, message, "Commands", DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: tags);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string category = "Commands") =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
