using System.Collections.Concurrent;
using System.Collections.Immutable;
using Chat.Generators.Declared;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chat.Generators.Reporting;

/// <summary>
/// Reports mistakes across declarations: commands with the same name, routes for the same requests, and more than one entry.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AssemblyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Duplicate, Rules.Entry, Rules.SameRoute];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var seen = new Seen();
            start.RegisterSymbolAction(seen.Method, SymbolKind.Method);
            start.RegisterSymbolAction(seen.Type, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(seen.Report);
        });
    }

    /// <summary>Filled concurrently; read after the last action.</summary>
    private sealed class Seen
    {
        private readonly ConcurrentBag<(Location Location, DeclaredCommand Command)> commands = [];
        private readonly ConcurrentBag<(Location Location, DeclaredRoute Route)> routes = [];
        private readonly ConcurrentBag<INamedTypeSymbol> entries = [];
        private int hooks;

        public void Method(SymbolAnalysisContext context)
        {
            if (context.Symbol is not IMethodSymbol { PartialDefinitionPart: null } method) return; // the same method again
            if (CommandReader.Read(method, new(), context.CancellationToken) is { } command)
                commands.Add((context.Symbol.FirstLocation(), command));
            if (RouteReader.Read(method, new()) is { } route) routes.Add((context.Symbol.FirstLocation(), route));
        }

        public void Type(SymbolAnalysisContext context)
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (HookReader.IsEntry(type)) entries.Add(type);
            if (HookReader.Read(type, new()).Any(h => h.Kind is not HookKind.Plugin)) Interlocked.Increment(ref hooks);
        }

        public void Report(CompilationAnalysisContext context)
        {
            ReportDuplicates(context);
            ReportSameRoutes(context);
            var isGenerated = hooks > 0 || !commands.IsEmpty || !routes.IsEmpty;
            if (isGenerated || context.Compilation.Assembly.Has("ChatPlugin")) ReportEntries(context, isGenerated);
        }

        private void ReportDuplicates(CompilationAnalysisContext context)
        {
            var names = commands.OrderBy(c => c.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(c => c.Location.SourceSpan.Start)
                .SelectMany(
                    c => c.Command.Aliases.Select(a => a.Name).Prepend(c.Command.Name).Select(NameFold.Of).Distinct()
                        .Select(name => (Name: name, c.Command, c.Location)));
            foreach (var twins in names.GroupBy(n => n.Name))
            {
                foreach (var (name, _, place) in twins.Skip(1))
                    context.ReportDiagnostic(Diagnostic.Create(Rules.Duplicate, place, name, $"the command {twins.First().Command.Name}"));
            }
        }

        private void ReportSameRoutes(CompilationAnalysisContext context)
        {
            foreach (var twins in routes.OrderBy(r => r.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(r => r.Location.SourceSpan.Start).GroupBy(r => r.Route.Shape))
            {
                foreach (var (place, route) in twins.Skip(1))
                    context.ReportDiagnostic(Diagnostic.Create(Rules.SameRoute, place, route.Method, twins.First().Route.Method));
            }
        }

        /// <param name="isGenerated">Whether generated code calls the author's entry. Otherwise the daemon does.</param>
        private void ReportEntries(CompilationAnalysisContext context, bool isGenerated)
        {
            var all = entries.OrderBy(e => e.CodeName(), StringComparer.Ordinal).ToList();
            foreach (var entry in all.Where(e => !e.HasUsableConstructor()))
            {
                Report(
                    entry,
                    $"{entry.Name} implements IChatPlugin, but has no accessible constructor without parameters and required members");
            }

            foreach (var entry in all.Where(e => !isGenerated && e.DeclaredAccessibility is not Accessibility.Public))
                Report(entry, $"{entry.Name} implements IChatPlugin, but is not public, so the daemon does not find it");
            foreach (var entry in all.Skip(1))
                Report(entry, $"{entry.Name} and {all[0].Name} both implement IChatPlugin, but a plugin can have only one entry");

            void Report(INamedTypeSymbol entry, string problem) =>
                context.ReportDiagnostic(Diagnostic.Create(Rules.Entry, entry.FirstLocation(), problem));
        }
    }
}
