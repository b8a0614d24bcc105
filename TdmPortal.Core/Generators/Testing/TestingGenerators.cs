using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Testing;

/// <summary>What teams write in trackers, wikis and test plans; also music, animals and the like for demo data.</summary>
internal static class TestingGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Words("testing.caseTitle", "The title of a test case.", "[testing.actor] [testing.action] [testing.object] || [testing.actor] [testing.action] [testing.object] [testing.condition]", "test, scenario, QA"),
        Words("testing.step", "A step of a test.", "[testing.step_verb] the [testing.step_object]", "action, instruction"),
        Words("testing.expected", "What a test expects.", "[testing.expected]", "assertion, outcome"),
        Words("testing.type", "A kind of test.", "[testing.type]", "smoke, regression"),
        Words("testing.result", "What came of a test.", "[testing.result]", "passed, failed, verdict"),
        Words("testing.priority", "How urgent something is.", "[testing.priority]", "P1, importance"),
        Words("testing.severity", "How bad a defect is.", "[testing.severity]", "impact, bug"),
        Words("testing.defectTitle", "The title of a defect.", "[testing.defect_subject] [testing.defect_verb] || [testing.defect_subject] [testing.defect_verb] [testing.condition]", "bug, issue, ticket"),
        Words("project.name", "The name of a project.", "[project.adjective] [project.noun] || [project.noun] [project.kind]", "initiative, program"),
        Words("project.key", "The short key of a project.", "??? || ????", "code, prefix"),
        Words("project.task", "The title of a task.", "[project.task_verb] [project.task_object]", "ticket, story, to-do, issue"),
        Words("project.status", "The state of a project.", "[project.status]", "phase, progress"),
        Words("project.documentTitle", "The title of a document.", "[project.document_kind] [project.noun] || [project.noun]: [project.document_kind]", "page, wiki, file"),
        Words("project.label", "A label of a ticket.", "[project.label]", "tag"),
        Words("workflow.name", "The name of a workflow.", "[workflow.subject] [workflow.kind]", "process, automation"),
        Words("workflow.step", "A step of a workflow.", "[workflow.step]", "activity, task"),
        Words("music.genre", "A kind of music.", "[music.genre]", "style"),
        Words("animal.name", "An animal.", "[animal.name]", "pet, creature"),
        Words("food.dish", "A dish.", "[food.dish]", "meal, menu"),
        Words("science.element", "A chemical element.", "[science.element]", "chemistry"),
    ];
}
