using System.Collections.Concurrent;
using System.Collections.Immutable;
using Chat.Generators.Declared;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chat.Generators.Reporting;

/// <summary>Reports what only all of a plugin's declarations together show: two commands of one name, two entries.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AssemblyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Duplicate, Rules.Entry];

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

    /// <summary>Filled from several threads, then read by one.</summary>
    private sealed class Seen
    {
        private readonly ConcurrentBag<(Location Place, DeclaredCommand Command)> commands = [];
        private readonly ConcurrentBag<INamedTypeSymbol> entries = [];
        private int hooks;

        public void Method(SymbolAnalysisContext context)
        {
            if (CommandReader.Read((IMethodSymbol)context.Symbol, new(), context.CancellationToken) is { } command) commands.Add((context.Symbol.Place(), command));
        }

        public void Type(SymbolAnalysisContext context)
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (HookReader.IsEntry(type)) entries.Add(type);
            if (HookReader.Read(type, new()).Any(h => h.Kind is not HookKind.Plugin)) Interlocked.Increment(ref hooks);
        }

        public void Report(CompilationAnalysisContext context)
        {
            ReportTwins(context);
            var isGenerated = hooks > 0 || !commands.IsEmpty;
            if (isGenerated || context.Compilation.Assembly.Has("ChatPlugin")) ReportEntries(context, isGenerated);
        }

        private void ReportTwins(CompilationAnalysisContext context)
        {
            var names = commands.OrderBy(c => c.Place.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(c => c.Place.SourceSpan.Start)
                .SelectMany(c => c.Command.Aliases.Select(a => a.Name).Prepend(c.Command.Name).Select(NameFold.Of).Distinct().Select(name => (Name: name, c.Command, c.Place)));
            foreach (var twins in names.GroupBy(n => n.Name))
                foreach (var (name, _, place) in twins.Skip(1)) context.ReportDiagnostic(Diagnostic.Create(Rules.Duplicate, place, name, $"the command {twins.First().Command.Name}"));
        }

        /// <param name="isGenerated">Generated code calls the author's entry; else the daemon does.</param>
        private void ReportEntries(CompilationAnalysisContext context, bool isGenerated)
        {
            var all = entries.OrderBy(e => e.CodeName(), StringComparer.Ordinal).ToList();
            foreach (var entry in all.Where(e => !e.IsMadeOfNothing()))
                context.ReportDiagnostic(Diagnostic.Create(Rules.Entry, entry.Place(), $"{entry.Name} implements IChatPlugin, and has no constructor to be called without parameters and required members"));
            foreach (var entry in all.Where(e => !isGenerated && e.DeclaredAccessibility is not Accessibility.Public))
                context.ReportDiagnostic(Diagnostic.Create(Rules.Entry, entry.Place(), $"{entry.Name} implements IChatPlugin, and is not public: the daemon does not find it"));
            foreach (var entry in all.Skip(1))
                context.ReportDiagnostic(Diagnostic.Create(Rules.Entry, entry.Place(), $"{entry.Name} and {all[0].Name} both implement IChatPlugin: a plugin has one entry"));
        }
    }
}
