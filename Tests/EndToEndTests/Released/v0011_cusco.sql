BEGIN TRANSACTION;
CREATE TABLE activity(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT,                          -- component
  owner TEXT
) STRICT;
INSERT INTO "activity" VALUES('1.1','analiza casos finalizados de investigación y sanción de la trata de NNA con decisiones finales en las regiones de Lima, Cusco y Loreto, y proveer buenas prácticas internacionales.','Analyse closed child-trafficking cases with final decisions in Lima, Cusco and Loreto and provide international good practice.','1','OIT + consultores externos');
INSERT INTO "activity" VALUES('1.2','desarrolla un programa de mentoría y capacitación dirigido a operadores de justicia con sus contrapartes internacionales para compartir técnicas de investigación judicial-procesal sobre cómo alcanzar condenas exitosas en casos de trata de NNA.','Run a mentoring and training programme for justice operators with international counterparts on achieving convictions in child-trafficking cases.','1','OIT + consultores externos');
INSERT INTO "activity" VALUES('1.3','Brindar asistencia técnica a la Comisión Multisectorial para crear un sistema de información del Plan Nacional de Acción contra la Trata de Personas 2017-2021','Technical assistance to the Multisectoral Commission to build an information system for the PNATP 2017-2021.','1','OIT + consultores externos');
INSERT INTO "activity" VALUES('2.1','A través de CHS Alternativo, brinda asistencia técnica al Estado y otras instituciones públicas relevantes para establecer/mejorar políticas y procedimientos que promuevan el uso del ECV a través del proceso de protección y justicia penal.','Technical assistance to establish/improve policies and procedures that promote the victim-centred approach across protection and criminal justice.','2','CHS Alternativo');
INSERT INTO "activity" VALUES('2.2','A través de CHS Alternativo, brinda asistencia técnica al MIMP para mejorar y expandir servicios especializados para NNA víctimas de trata en los Centros de Acogida Residencial (CAR) y espacios temporales del Estado en las regiones de Lima, Cusco y Loreto (incluyendo la ejecución de actividades en las regiones de Madre de Dios y/o Puno).','Technical assistance to MIMP to improve and expand specialised services in residential shelters (CAR) and temporary spaces.','2','CHS Alternativo (installation/remodelling of CARE: OIT + consultores)');
INSERT INTO "activity" VALUES('2.3','Brinda asistencia técnica especializada al MINSA para desarrollar, implementar y monitorear un Protocolo de Salud Mental para NNA víctimas de trata.','Specialised technical assistance to MINSA to develop, implement and monitor a Mental Health Protocol for child trafficking victims.','2','OIT + consultores externos');
INSERT INTO "activity" VALUES('2.4','A través de CHS Alternativo, brinda asistencia técnica para la implementación del Protocolo Intersectorial para la Prevención y Persecución del Delito y para la Protección, Atención','Technical assistance to implement the Intersectoral Trafficking Protocol, focused on protection, care and reintegration (label continues on L366).','2','CHS Alternativo');
INSERT INTO "activity" VALUES('2.5','Brinda asistencia técnica al MIMP, MINJUSDH, Unidad de Atención de Víctimas (UDAVIT) del Ministerio Público, funcionarios locales y otras instituciones relevantes para mejorar las políticas y procedimientos relacionados a la atención especializada de NNA víctimas de trata, especialmente de la comunidad LGBTI.','Technical assistance to MIMP, MINJUSDH, UDAVIT, local officials and others to improve policies/procedures on specialised care, especially LGBTI children.','2','OIT + consultores externos (Promsex)');
INSERT INTO "activity" VALUES('2.6','A través de CHS Alternativo, brinda capacitación institucional a proveedores de servicio de salud, inspectores municipales, agentes certificadores y personal policial de primera línea de atención para identificar y referir NNA víctimas de trata en las regiones de Lima, Cusco y Loreto.','Institutional training for health providers, municipal inspectors, certifying agents and frontline police to identify and refer child victims.','2','CHS Alternativo');
INSERT INTO "activity" VALUES('3.1','A través de CHS Alternativo, brinda asistencia técnica a las comisiones regionales de Lima, Cusco y Loreto para adaptar sus planes regionales al nuevo PNATP 2017-2021 y a sus necesidades específicas de trata de NNA.','Technical assistance to the regional commissions to align their regional plans with the PNATP 2017-2021.','3','CHS Alternativo');
INSERT INTO "activity" VALUES('3.2','A través de IDL, desarrolla e implementa una estrategia de comunicación nacional y regional de litigio utilizando sus propios medios de comunicación y enfocándose en casos emblemáticos de trata de NNA.','National and regional litigation-communication strategy through IDL media, focused on emblematic cases.','3','IDL');
INSERT INTO "activity" VALUES('3.3','A través de CHS Alternativo, brinda asistencia técnica a la Comisión Multisectorial en la implementación del PNATP 2017-2021 en el marco de los objetivos del proyecto y de la trata de NNA.','Technical assistance to the Multisectoral Commission to implement the PNATP 2017-2021.','3','CHS Alternativo + consultores externos');
CREATE TABLE attendance(
  session_id TEXT NOT NULL REFERENCES training_session(id) DEFERRABLE INITIALLY DEFERRED,
  participant_id TEXT NOT NULL REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED,
  institution_code TEXT REFERENCES institution(code) DEFERRABLE INITIALLY DEFERRED,
  role_code TEXT REFERENCES role(code) DEFERRABLE INITIALLY DEFERRED,
  workplace TEXT,
  completed INTEGER CHECK (completed IN (0, 1)),
  pre_score REAL CHECK (pre_score >= 0),      -- null: no test sat; never 0 for absent
  post_score REAL CHECK (post_score >= 0),
  score_scale REAL DEFAULT 20 CHECK (score_scale > 0),
  notes TEXT,
  PRIMARY KEY (session_id, participant_id)
) STRICT;
INSERT INTO "attendance" VALUES('9bb837cf-1fec-41e6-a6ae-7b1ea5f86dc8','983de919-c8df-5d08-9450-4aeda75771cd',NULL,NULL,NULL,1,10.0,15.0,20.0,NULL);
INSERT INTO "attendance" VALUES('9bb837cf-1fec-41e6-a6ae-7b1ea5f86dc8','ea5d88f8-5b57-5198-8bbd-ad6ed1ac0b68',NULL,NULL,NULL,1,9.0,16.0,20.0,NULL);
CREATE TABLE component(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT
) STRICT;
INSERT INTO "component" VALUES('1','Aumentar la capacidad del sistema de justicia penal en las regiones de Lima, Loreto y Cusco para investigar, perseguir y sancionar a los tratantes manteniendo un ECV.','Increase the capacity of the criminal justice system in Lima, Loreto and Cusco to investigate, prosecute and punish traffickers while keeping a victim-centred approach.',NULL);
INSERT INTO "component" VALUES('2','Mejorar la coordinación interinstitucional para brindar de forma efectiva una atención integral especializada, protección y reintegración a los NNA víctimas de trata en las regiones de Lima, Cusco y Loreto (y algunas actividades en Madre de Dios), con especial atención a la dimensión de género.','Improve inter-institutional coordination to deliver specialised comprehensive care, protection and reintegration to child trafficking victims in Lima, Cusco and Loreto (some activities in Madre de Dios), with attention to gender.',NULL);
INSERT INTO "component" VALUES('3','Promover un abordaje estratégico y coordinado para prevenir la trata de NNA en las regiones de Lima, Cusco y Loreto, con especial atención a la dimensión de género.','Promote a strategic, coordinated approach to preventing child trafficking in Lima, Cusco and Loreto, with attention to gender.',NULL);
CREATE TABLE deliverable(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  code TEXT,                            -- the office's own number
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  office_code TEXT REFERENCES office(code) DEFERRABLE INITIALLY DEFERRED,
  title TEXT NOT NULL,
  status TEXT CHECK (status IN ('draft', 'submitted', 'approved', 'in_use')),
  delivered_on TEXT,
  quantity REAL,                        -- null counts as 1
  evidence TEXT
) STRICT;
CREATE TABLE group_score(
  session_id TEXT NOT NULL REFERENCES training_session(id) DEFERRABLE INITIALLY DEFERRED,
  group_label TEXT NOT NULL,
  department TEXT,
  n_both INTEGER,
  pre_mean REAL,
  post_mean REAL,
  PRIMARY KEY (session_id, group_label)
) STRICT;
CREATE TABLE import_before(
  run INTEGER NOT NULL,
  row_key TEXT NOT NULL,                -- as in import_memory
  target TEXT NOT NULL,                 -- the row's key, as in import_write
  before TEXT,
  after TEXT NOT NULL,
  PRIMARY KEY (run, row_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_column(
  office_code TEXT NOT NULL,
  header TEXT NOT NULL,                 -- without capitals, tildes and blanks
  field TEXT NOT NULL,                  -- the header of the guide; empty: not to be used
  PRIMARY KEY (office_code, header)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_memory(
  kind TEXT NOT NULL CHECK (kind IN ('sessions', 'attendance', 'deliverables')),
  row_key TEXT NOT NULL,                -- sessions, deliverables: code; attendance: session id, tab, participant id
  cells TEXT NOT NULL,                  -- JSON object: header name → text as understood
  PRIMARY KEY (kind, row_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_run(
  number INTEGER PRIMARY KEY,           -- what persons call it by
  kind TEXT NOT NULL CHECK (kind IN ('sessions', 'attendance', 'deliverables')),
  office_code TEXT NOT NULL,
  file TEXT NOT NULL,                   -- its name, without the folder
  taken_at TEXT NOT NULL,               -- ISO instant in UTC
  read INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  undone_at TEXT                        -- ISO instant in UTC of the first undo
) STRICT;
CREATE TABLE import_write(
  run INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,                -- the key's parts, joined by tabs
  fingerprint INTEGER,                  -- an inserted row: a hash of its values
  cells TEXT,                           -- a changed row: JSON object column → [before, after]; a removed one: {}
  PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE indicator(
  id TEXT NOT NULL PRIMARY KEY,         -- level and code: 37 codes exist at both levels
  level TEXT NOT NULL CHECK (level IN ('product', 'result')),
  code TEXT NOT NULL,
  parent TEXT,                          -- product or result
  name_es TEXT NOT NULL,
  name_en TEXT,
  unit TEXT,
  computation TEXT,
  filter TEXT,
  baseline REAL,
  baseline_state TEXT,
  owner TEXT,
  is_key INTEGER NOT NULL DEFAULT 0,
  retired_on TEXT
) STRICT;
INSERT INTO "indicator" VALUES('P-1.1.1.1','product','1.1.1.1','1.1.1','Informe de análisis de casos de trata de NNA.','Case-analysis report on child trafficking','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.1.1.2','product','1.1.1.2','1.1.1','# de talleres con operadores del sistema de justicia sobre el informe de análisis de casos de trata de NNA.','# workshops with justice-system operators on the case-analysis report','count','count_sessions',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.1.2.1','product','1.1.2.1','1.1.2','Informe de seguimiento.','Follow-up report','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.1.2.2','product','1.1.2.2','1.1.2','# de talleres con operadores del sistema de justicia sobre el informe de seguimiento.','# workshops with justice-system operators on the follow-up report','count','count_sessions',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.2.1.1','product','1.2.1.1','1.2.1','# de policías especializados y no especializados que participan en el programa de capacitación.','# specialised and non-specialised police taking part in the training programme','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.2.1.2','product','1.2.1.2','1.2.1','# de fiscales especializados y no especializados y defensores públicos del MINJUSDH que participan en el programa de capacitación.','# specialised and non-specialised prosecutors and MINJUSDH public defenders taking part in the training programme','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.2.1.3','product','1.2.1.3','1.2.1','# de jueces que participan en el programa de capacitación.','# judges taking part in the training programme','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.2.2.1','product','1.2.2.1','1.2.2','Materiales de capacitación incluidos en las escuelas.','Training materials included in the schools','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.2.2.2','product','1.2.2.2','1.2.2','# de docentes de las escuelas capacitados en trata de NNA.','# teachers of the schools trained on child trafficking','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.2.2.3','product','1.2.2.3','1.2.2','# de jueces, fiscales y policías que participan en cursos de trata de NNA en sus respectivas escuelas.','# judges, prosecutors and police taking part in child-trafficking courses in their own schools','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.3.1.1','product','1.3.1.1','1.3.1','Protocolo de operaciones adoptado por la Comisión Multisectorial.','Operations protocol adopted by the Multisectoral Commission','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.3.1.2','product','1.3.1.2','1.3.1','# de administradores y usuarios del sistema de información capacitados para manejar e ingresar información al sistema.','# administrators and users of the information system trained to operate and enter data','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-1.3.1.3','product','1.3.1.3','1.3.1','# de informes semestrales generados por el sistema de información, incluyendo campos de información sobre trata de NNA, desagregado según región.','# half-yearly reports generated by the information system, with child-trafficking fields, disaggregated by region','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-2.1.1.1','product','2.1.1.1','2.1.1','Informe interno sobre la aplicación del ECV en los procesos de atención, protección y justicia penal de manera coordinada.','Internal report on the application of the victim-centred approach (ECV)','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.1.1.2','product','2.1.1.2','2.1.1','# de propuestas de políticas y procedimientos presentados para la aplicación del ECV.','# policy/procedure proposals submitted for applying the ECV','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.1.1.3','product','2.1.1.3','2.1.1','# de listas de verificación para que los jueces, fiscales y policías apliquen el ECV.','# checklists for judges, prosecutors and police to apply the ECV','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.1.2.1','product','2.1.2.1','2.1.2','# de funcionarios públicos (policías, defensores públicos, fiscales y jueces) capacitados en la aplicación del ECV.','# public officials trained in applying the ECV','count','count_distinct_participants',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.2.1.1','product','2.2.1.1','2.2.1','Informe interno de necesidades y recomendaciones para expandir y mejorar la calidad de los servicios en los CARE para NNA víctimas de trata.','Internal needs report and recommendations for CAR services','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.2.1.2','product','2.2.1.2','2.2.1','# de operadores en los CAR capacitados en el ECV, atención de traumas, sistemas de protección de NNA, habilidades blandas, manejo de crisis y autoevaluaciones.','# CAR operators (especially tutors) trained in ECV, trauma care, child-protection systems, soft skills, crisis management and self-assessment','count','count_distinct_participants',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.2.1.3','product','2.2.1.3','2.2.1','# de instalaciones mejoradas para atender a NNA víctimas de trata en los CAR y espacios temporales.','# facilities improved in CAR and temporary spaces','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.2.1.4','product','2.2.1.4','2.2.1','# de sesiones de capacitación para implementar el módulo de capacitación para operadores de los CAR sobre atención de traumas, habilidades blandas, manejo de crisis y autoevaluaciones.','# training sessions to implement the CAR-operator training module','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.2.2.1','product','2.2.2.1','2.2.2','# de talleres con el INABIF para desarrollar, implementar y monitorear el Modelo de Atención.','# workshops with INABIF to develop, implement and monitor the care model','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.2.2.2','product','2.2.2.2','2.2.2','# de operadores en el INABIF capacitados en el Modelo de atención.','# INABIF operators trained in the care model','count','count_distinct_participants',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.3.1.1','product','2.3.1.1','2.3.1','# de capacitaciones desarrolladas para asistir en la implementación del Protocolo de Salud Mental.','# trainings to assist implementation of the Mental Health Protocol','count','count_sessions',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-2.3.1.2','product','2.3.1.2','2.3.1','# de funcionarios capacitados para la aplicación del Protocolo de Salud Mental.','# officials trained to apply the Mental Health Protocol','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-2.3.1.3','product','2.3.1.3','2.3.1','# de procedimientos desarrollados para el Protocolo de Salud Mental para atender a los NNA víctimas de trata.','# procedures developed from the Mental Health Protocol','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-2.4.1.1','product','2.4.1.1','2.4.1','# de talleres con instituciones relevantes para mejorar la coordinación e implementación del Protocolo Intersectorial para la protección, atención y reintegración de los NNA víctimas de trata.','# workshops with relevant institutions to improve coordination and implementation of the Intersectoral Protocol','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.4.2.1','product','2.4.2.1','2.4.2','Evaluación rápida desarrollada para evaluar la capacidad de las instituciones responsables de proveer servicios de reintegración.','Rapid assessment of the capacity of institutions providing reintegration services','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.4.2.2','product','2.4.2.2','2.4.2','# de capacitaciones para proveedores de servicios a cargo de la elaboración, coordinación y seguimiento de los planes de reintegración y la prestación de servicios.','# trainings for providers in charge of reintegration plans and services','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.4.2.3','product','2.4.2.3','2.4.2','Plan de sistematización del programa piloto para facilitar su replicación a nivel nacional.','Systematisation plan of the pilot programme','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.4.2.4','product','2.4.2.4','2.4.2','# de proveedores de servicios a cargo de la elaboración, coordinación y seguimiento de los planes de reintegración y la prestación de servicios capacitados.','# providers in charge of reintegration plans and services who were trained','count','count_distinct_participants',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.5.1.1','product','2.5.1.1','2.5.1','# de lineamientos disponibles para mejorar los servicios de atención de NNA LGBTBI víctimas de trata.','# guidelines available to improve care for LGBTI child victims','count','count_deliverables',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-2.5.1.2','product','2.5.1.2','2.5.1','# de funcionarios capacitados y sensibilizados, desagregados por institución.','# officials trained and sensitised, disaggregated by institution','count','count_distinct_participants',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('P-2.6.1.1','product','2.6.1.1','2.6.1','# de guías de identificación de NNA víctimas de trata desarrolladas/mejoradas y siendo utilizadas por los proveedores de servicios.','# victim-identification guides developed/improved and in use by providers','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.6.1.2','product','2.6.1.2','2.6.1','# de capacitaciones para capacitadores de proveedores de servicios de salud, inspectores municipales y fuerzas del orden de primera línea.','# training-of-trainers sessions for health providers, municipal inspectors and frontline law enforcement','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-2.6.1.3','product','2.6.1.3','2.6.1','# de diversos proveedores de servicios que participan en las capacitaciones.','# service providers taking part in the trainings, by region, gender and provider type','count','count_distinct_participants',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.1.1.1','product','3.1.1.1','3.1.1','# de eventos regionales realizados para mejorar la coordinación y el conocimiento sobre la trata de personas.','# regional events to improve coordination and knowledge of trafficking','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.1.1.2','product','3.1.1.2','3.1.1','Plan de Acción Metropolitano de Lima desarrollado.','Lima Metropolitan Action Plan developed','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.1.1.3','product','3.1.1.3','3.1.1','# de planes operativos desarrollados para implementar los Planes Regionales de Acción en Cusco y Loreto.','# operational plans developed to implement the Cusco and Loreto regional plans','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.1.1.4','product','3.1.1.4','3.1.1','# de capacitaciones a miembros de las comisiones y gobiernos regionales para desarrollar proyectos de inversión con el objetivo de construir y mantener los CAR y otros espacios temporales.','# trainings for commission/regional-government members to develop investment projects for CAR and temporary spaces','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.2.1.1','product','3.2.1.1','3.2.1','# de programas de radio.','# radio programmes','count','count_deliverables',NULL,0.0,'number','IDL',0,NULL);
INSERT INTO "indicator" VALUES('P-3.2.1.2','product','3.2.1.2','3.2.1','# de spots radiales.','# radio spots','count','count_deliverables',NULL,0.0,'number','IDL',0,NULL);
INSERT INTO "indicator" VALUES('P-3.2.1.3','product','3.2.1.3','3.2.1','# de periodistas participando en talleres sobre la trata de NNA.','# journalists taking part in child-trafficking workshops','count','count_distinct_participants',NULL,0.0,'number','IDL',0,NULL);
INSERT INTO "indicator" VALUES('P-3.3.1.1','product','3.3.1.1','3.3.1','# de actividades de asistencia técnica y capacitación desarrolladas con miembros clave de la Comisión Multisectorial para crear/asignar líneas presupuestales a la trata de personas.','# technical-assistance and training activities with key Multisectoral Commission members to create/assign budget lines','count','count_sessions',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.3.1.2','product','3.3.1.2','3.3.1','# de acciones del PNATP 2017-2021 implementadas con acompañamiento técnico del Proyecto para asegurar la aplicación de un enfoque integral de protección y atención.','# PNATP 2017-2021 actions implemented with the project''s technical support','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.3.1.3','product','3.3.1.3','3.3.1','# de planes de monitoreo y evaluación desarrollados en forma conjunta para medir el progreso del PNATP 2017-2021','# M&E plans developed jointly to measure PNATP progress','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.3.2.1','product','3.3.2.1','3.3.2','Protocolo de Repatriación.','Repatriation Protocol','count','count_deliverables',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('P-3.3.2.2','product','3.3.2.2','3.3.2','# de funcionarios y cónsules a cargo de los procedimientos de repatriación capacitados en la aplicación del Protocolo de Repatriación.','# officials and consuls in charge of repatriation trained in the Protocol','count','count_distinct_participants',NULL,0.0,'number','CHS Alternativo',0,NULL);
INSERT INTO "indicator" VALUES('R-1.1.1.1','result','1.1.1.1','1.1.1','% de recomendaciones del informe de análisis de casos de trata de NNA implementadas por el sistema de justicia.','% of recommendations of the case-analysis report implemented by the justice system','percent','ratio',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.1.2.1','result','1.1.2.1','1.1.2','% de recomendaciones del informe de seguimiento implementadas por el sistema de justicia.','% of recommendations of the follow-up report implemented by the justice system','percent','ratio',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.2.1.1','result','1.2.1.1','1.2.1','% incremento del número de procesos penales por el delito de trata de NNA.','% increase in the number of criminal proceedings (Anexo 13: convictions) for child trafficking','percent','measurement',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.2.1.2','result','1.2.1.2','1.2.1','% incremento del conocimiento de fiscales y jueces.','% increase in knowledge of prosecutors and judges (pre/post tests)','percent','pct_increase_pre_post',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.2.1.3','result','1.2.1.3','1.2.1','% de casos donde se ordena la reparación de la víctima.','% of cases in which reparation to the victim is ordered','percent','ratio',NULL,75.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.2.2.1','result','1.2.2.1','1.2.2','Módulos de capacitación incorporados dentro del currículo de las escuelas del Poder Judicial, del Ministerio Público y de la PNP.','Training modules incorporated in the curriculum of the Judiciary, Prosecution and Police schools','count','measurement',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.2.2.2','result','1.2.2.2','1.2.2','# de jueces, fiscales y policías capacitados para investigar y sancionar casos de trata de NNA.','# judges, prosecutors and police trained to investigate and punish child trafficking','count','measurement',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.3.1.1','result','1.3.1.1','1.3.1','# de reportes relevantes combinados que pueden ser creados por el sistema de información.','# relevant combined reports the information system can produce','count','measurement',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.3.1.2','result','1.3.1.2','1.3.1','Un sistema de información capaz de proveer reportes de avance del PNATP 2017-2021.','An information system able to provide PNATP progress reports','count','measurement',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-1.3.1.3','result','1.3.1.3','1.3.1','# de informes anuales oficiales presentados por el MININTER al Congreso utilizando el nuevo sistema de información.','# official annual reports submitted by MININTER to Congress using the new system','count','measurement',NULL,0.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-2.1.1.1','result','2.1.1.1','2.1.1','# de instituciones que aplican políticas, procedimientos, listas de verificación, recomendaciones y/o conocimientos para garantizar un ECV en los casos de trata de NNA.','# institutions applying policies, procedures, checklists, recommendations and/or knowledge to guarantee the ECV','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.1.1.2','result','2.1.1.2','2.1.1','% incremento del conocimiento de los funcionarios de la DEMUNA y la UPE respecto a la aplicación del ECV.','% increase in knowledge of DEMUNA and UPE officials about applying the ECV','percent','pct_increase_pre_post',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.1.2.1','result','2.1.2.1','2.1.2','% de participantes en grupos focales que demuestran comprensión del ECV en el manejo de casos de trata de NNA.','% of focus-group participants showing understanding of the ECV','percent','ratio',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.1.2.2','result','2.1.2.2','2.1.2','% de aplicación del ECV en los reportes policiales y los expedientes judiciales.','% application of the ECV in police reports and court files','percent','ratio',NULL,NULL,'unknown','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.2.1.1','result','2.2.1.1','2.2.1.1','% de recomendaciones implementadas por el INABIF en los CARE.','% of recommendations implemented by INABIF in the CARE','percent','ratio',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.2.1.2','result','2.2.1.2','2.2.1.2','% incremento de conocimiento del personal de los CAR a partir de las capacitaciones y asistencia técnica.','% increase in knowledge of CAR staff from trainings and TA','percent','pct_increase_pre_post',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.2.1.3','result','2.2.1.3','2.2.1.2','# de CAR y espacios temporales equipados y dotados de personal para proveer servicios especializados e integrales a víctimas.','# CAR and temporary spaces equipped and staffed for specialised comprehensive services','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.2.1.4','result','2.2.1.4','2.2.1.3','Incremento en el número de víctimas recibiendo servicios especializados y mejorados en los CARE equipados.','Increase in the number of victims receiving specialised services in equipped CARE','percent','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.2.2.1','result','2.2.2.1','2.2.2','% de aplicación de las políticas y procedimientos del Modelo de Atención del INABIF en los CAR especializados.','% application of the INABIF Care Model policies and procedures in specialised CAR','percent','ratio',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.2.2.2','result','2.2.2.2','2.2.2','% de incremento del conocimiento del personal de los CAR sobre el Modelo de Atención del INABIF.','% increase in knowledge of CAR staff about the INABIF Care Model','percent','pct_increase_pre_post',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.3.1.1','result','2.3.1.1','2.3.1','# de NNA víctimas de trata atendidos utilizando el Protocolo de Salud Mental.','# child victims attended using the Mental Health Protocol','count','measurement',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-2.3.1.2','result','2.3.1.2','2.3.1','Mejora en el conocimiento de los participantes a las actividades de aprendizaje.','Improvement in knowledge of participants in the learning activities','percent','pct_increase_pre_post',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-2.4.1.1','result','2.4.1.1','2.4.1','% de NNA víctimas de trata atendidas y protegidas por las instituciones responsables bajo los nuevos procedimientos.','% of child victims attended and protected under the new procedures','percent','ratio',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.4.2.1','result','2.4.2.1','2.4.2','# de NNA víctimas de trata que reciben planes de reintegración individualizados de manera coordinada y bajo la implementación de distintos ministerios y unidades.','# child victims receiving individual reintegration plans','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.4.2.2','result','2.4.2.2','2.4.2','% de NNA víctimas de trata que son parte de los programas piloto y tienen acceso a servicios especializados de conformidad con sus planes individualizados de reintegración.','% of child victims in pilots with access to specialised services per their plans','percent','ratio',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-2.5.1.1','result','2.5.1.1','2.5.1','# de procedimientos sensibles a la comunidad LGBTI y a poblaciones vulnerables implementadas por el MIMP, MINJUSDH, Ministerio Público, funcionarios locales y otras instituciones relevantes.','# LGBTI-sensitive procedures implemented by institutions','count','measurement',NULL,4.0,'number','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-2.5.1.2','result','2.5.1.2','2.5.1','Mayor conocimiento del personal capacitado.','Greater knowledge of trained staff','percent','weighted_pct_increase',NULL,NULL,'not_due','OIT',0,NULL);
INSERT INTO "indicator" VALUES('R-2.6.1.1','result','2.6.1.1','2.6.1','% de NNA víctimas de trata identificadas.','% of child victims identified','percent','ratio',NULL,NULL,'unknown','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.1.1.1','result','3.1.1.1','3.1.1','# de actividades implementadas por la Comisión de Lima Metropolitana.','# activities implemented by the Lima Metropolitan Commission','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.1.1.2','result','3.1.1.2','3.1.1','# de actividades implementadas de los planes regionales de las Comisiones Regionales de Cusco y Loreto.','# activities of the regional plans implemented by the Cusco and Loreto Regional Commissions','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.1.1.3','result','3.1.1.3','3.1.1','# de proyectos de inversión desarrollados y presentados con las comisiones y gobiernos regionales con el objetivo de construir y mantener los CAR y los espacios temporales.','# investment projects developed and submitted to build/maintain CAR and temporary spaces','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.2.1.1','result','3.2.1.1','3.2.1','# suscriptores agregados a la lista de correo de IDL después del inicio de la campaña.','# subscribers added to the IDL mailing list after campaign start','count','measurement',NULL,NULL,'not_due','IDL',0,NULL);
INSERT INTO "indicator" VALUES('R-3.2.1.2','result','3.2.1.2','3.2.1','% de participantes en grupos focales que demuestran una mejor comprensión de la trata de NNA, identificación de víctimas y referencia de casos.','% of focus-group participants showing better understanding of child trafficking','percent','ratio',NULL,NULL,'not_due','IDL',0,NULL);
INSERT INTO "indicator" VALUES('R-3.2.1.3','result','3.2.1.3','3.2.1','% de participantes que comprenden los materiales de sensibilización sobre trata de personas para medir el cambio de comportamiento y comprensión de la trata de NNA.','% of participants who understand the awareness materials (behaviour change and understanding)','percent','measurement',NULL,NULL,'not_due','IDL',0,NULL);
INSERT INTO "indicator" VALUES('R-3.3.1.1','result','3.3.1.1','3.3.1','# de acciones desarrolladas e implementadas en contra de la trata de NNA.','# actions developed and implemented against child trafficking','count','measurement',NULL,0.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.3.1.2','result','3.3.1.2','3.3.1','% de instituciones miembros de la Comisión Multisectorial que han presentado un presupuesto contra la trata de NNA.','% of Multisectoral Commission member institutions that have submitted a budget','percent','ratio',NULL,60.0,'number','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.3.2.1','result','3.3.2.1','3.3.2','# de instituciones que aplican el Protocolo de Repatriación.','# institutions applying the Repatriation Protocol','count','measurement',NULL,NULL,'not_due','CHS',0,NULL);
INSERT INTO "indicator" VALUES('R-3.3.2.2','result','3.3.2.2','3.3.2','% de NNA víctimas de trata que reciben servicios de repatriación siguiendo los procedimientos aprobados en el Protocolo de Repatriación.','% of child victims receiving repatriation services per the Protocol','percent','ratio',NULL,NULL,'not_due','CHS',0,NULL);
CREATE TABLE indicator_role(
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  role_code TEXT NOT NULL REFERENCES role(code) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (indicator_id, role_code)
) STRICT;
INSERT INTO "indicator_role" VALUES('P-1.2.1.1','policia_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.1.1','policia_no_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.1.2','defensor_publico_minjusdh');
INSERT INTO "indicator_role" VALUES('P-1.2.1.2','fiscal_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.1.2','fiscal_no_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.1.3','juez');
INSERT INTO "indicator_role" VALUES('P-1.2.2.2','docente_escuela_mp');
INSERT INTO "indicator_role" VALUES('P-1.2.2.2','docente_escuela_pj');
INSERT INTO "indicator_role" VALUES('P-1.2.2.2','docente_escuela_pnp');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','fiscal');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','fiscal_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','fiscal_no_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','jefe_unidad_trata_pnp');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','juez');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','policia');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','policia_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','policia_no_especializado');
INSERT INTO "indicator_role" VALUES('P-1.2.2.3','policia_primera_linea');
INSERT INTO "indicator_role" VALUES('P-1.3.1.2','administrador_sistema_info');
INSERT INTO "indicator_role" VALUES('P-1.3.1.2','usuario_sistema_info');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','defensor_publico_minjusdh');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','fiscal');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','fiscal_especializado');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','fiscal_no_especializado');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','funcionario_cem');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','funcionario_demuna');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','funcionario_udavit');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','funcionario_upe');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','jefe_unidad_trata_pnp');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','juez');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','policia');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','policia_especializado');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','policia_no_especializado');
INSERT INTO "indicator_role" VALUES('P-2.1.2.1','policia_primera_linea');
INSERT INTO "indicator_role" VALUES('P-2.2.1.2','operador_car');
INSERT INTO "indicator_role" VALUES('P-2.2.1.2','tutor_car');
INSERT INTO "indicator_role" VALUES('P-2.2.2.2','operador_inabif');
INSERT INTO "indicator_role" VALUES('P-2.3.1.2','funcionario_minsa');
INSERT INTO "indicator_role" VALUES('P-2.4.2.4','proveedor_reintegracion');
INSERT INTO "indicator_role" VALUES('P-2.5.1.2','funcionario_publico');
INSERT INTO "indicator_role" VALUES('P-2.5.1.2','funcionario_local');
INSERT INTO "indicator_role" VALUES('P-2.5.1.2','funcionario_upe');
INSERT INTO "indicator_role" VALUES('P-2.5.1.2','funcionario_udavit');
INSERT INTO "indicator_role" VALUES('P-2.5.1.2','defensor_publico_minjusdh');
INSERT INTO "indicator_role" VALUES('P-2.6.1.3','inspector_municipal');
INSERT INTO "indicator_role" VALUES('P-2.6.1.3','policia_primera_linea');
INSERT INTO "indicator_role" VALUES('P-2.6.1.3','proveedor_salud');
INSERT INTO "indicator_role" VALUES('P-2.6.1.3','serenazgo');
INSERT INTO "indicator_role" VALUES('P-3.2.1.3','periodista');
INSERT INTO "indicator_role" VALUES('P-3.3.2.2','consul');
INSERT INTO "indicator_role" VALUES('P-3.3.2.2','funcionario_mre');
INSERT INTO "indicator_role" VALUES('R-1.2.1.2','fiscal_especializado');
INSERT INTO "indicator_role" VALUES('R-1.2.1.2','fiscal_no_especializado');
INSERT INTO "indicator_role" VALUES('R-1.2.1.2','fiscal');
INSERT INTO "indicator_role" VALUES('R-1.2.1.2','juez');
INSERT INTO "indicator_role" VALUES('R-2.1.1.2','funcionario_demuna');
INSERT INTO "indicator_role" VALUES('R-2.1.1.2','funcionario_upe');
INSERT INTO "indicator_role" VALUES('R-2.2.1.2','operador_car');
INSERT INTO "indicator_role" VALUES('R-2.2.1.2','tutor_car');
INSERT INTO "indicator_role" VALUES('R-2.2.2.2','operador_car');
INSERT INTO "indicator_role" VALUES('R-2.2.2.2','tutor_car');
INSERT INTO "indicator_role" VALUES('R-2.2.2.2','operador_inabif');
INSERT INTO "indicator_role" VALUES('R-2.3.1.2','funcionario_minsa');
INSERT INTO "indicator_role" VALUES('R-2.5.1.2','funcionario_publico');
INSERT INTO "indicator_role" VALUES('R-2.5.1.2','funcionario_local');
INSERT INTO "indicator_role" VALUES('R-2.5.1.2','funcionario_upe');
INSERT INTO "indicator_role" VALUES('R-2.5.1.2','funcionario_udavit');
INSERT INTO "indicator_role" VALUES('R-2.5.1.2','defensor_publico_minjusdh');
CREATE TABLE indicator_target(
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  valid_from TEXT NOT NULL,
  target REAL,
  note TEXT,
  PRIMARY KEY (indicator_id, valid_from)
) STRICT;
INSERT INTO "indicator_target" VALUES('P-1.1.1.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.1.1.2','2018-01-01',4.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.1.2.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.1.2.2','2018-01-01',4.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.2.1.1','2018-01-01',350.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.2.1.2','2018-01-01',200.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.2.1.3','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.2.2.1','2018-01-01',4.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.2.2.2','2018-01-01',75.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.2.2.3','2018-01-01',250.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.3.1.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.3.1.2','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('P-1.3.1.3','2018-01-01',5.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.1.1.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.1.1.2','2018-01-01',15.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.1.1.3','2018-01-01',4.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.1.2.1','2018-01-01',500.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.2.1.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.2.1.2','2018-01-01',150.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.2.1.3','2018-01-01',5.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.2.1.4','2018-01-01',6.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.2.2.1','2018-01-01',3.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.2.2.2','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.3.1.1','2018-01-01',5.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.3.1.2','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.3.1.3','2018-01-01',2.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.4.1.1','2018-01-01',18.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.4.2.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.4.2.2','2018-01-01',21.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.4.2.3','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.4.2.4','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.5.1.1','2018-01-01',5.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.5.1.2','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.6.1.1','2018-01-01',3.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.6.1.2','2018-01-01',14.0,NULL);
INSERT INTO "indicator_target" VALUES('P-2.6.1.3','2018-01-01',180.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.1.1.1','2018-01-01',3.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.1.1.2','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.1.1.3','2018-01-01',2.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.1.1.4','2018-01-01',6.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.2.1.1','2018-01-01',24.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.2.1.2','2018-01-01',32.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.2.1.3','2018-01-01',35.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.3.1.1','2018-01-01',10.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.3.1.2','2018-01-01',10.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.3.1.3','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.3.2.1','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('P-3.3.2.2','2018-01-01',80.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.1.1.1','2018-01-01',50.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.1.2.1','2018-01-01',50.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.2.1.1','2018-01-01',30.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.2.1.2','2018-01-01',40.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.2.1.3','2018-01-01',85.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.2.2.1','2018-01-01',4.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.2.2.2','2018-01-01',200.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.3.1.1','2018-01-01',10.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.3.1.2','2018-01-01',1.0,NULL);
INSERT INTO "indicator_target" VALUES('R-1.3.1.3','2018-01-01',2.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.1.1.1','2018-01-01',10.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.1.1.2','2018-01-01',30.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.1.2.1','2018-01-01',40.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.1.2.2','2018-01-01',50.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.2.1.1','2018-01-01',50.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.2.1.2','2018-01-01',80.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.2.1.3','2018-01-01',5.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.2.1.4','2018-01-01',40.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.2.2.1','2018-01-01',80.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.2.2.2','2018-01-01',70.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.3.1.1','2018-01-01',100.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.3.1.2','2018-01-01',60.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.4.1.1','2018-01-01',60.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.4.2.1','2018-01-01',20.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.4.2.2','2018-01-01',70.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.5.1.1','2018-01-01',9.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.5.1.2','2018-01-01',40.0,NULL);
INSERT INTO "indicator_target" VALUES('R-2.6.1.1','2018-01-01',30.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.1.1.1','2018-01-01',2.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.1.1.2','2018-01-01',20.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.1.1.3','2018-01-01',2.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.2.1.1','2018-01-01',10.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.2.1.2','2018-01-01',50.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.2.1.3','2018-01-01',40.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.3.1.1','2018-01-01',10.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.3.1.2','2018-01-01',70.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.3.2.1','2018-01-01',5.0,NULL);
INSERT INTO "indicator_target" VALUES('R-3.3.2.2','2018-01-01',80.0,NULL);
CREATE TABLE institution(
  code TEXT NOT NULL PRIMARY KEY,
  acronym TEXT,
  name_es TEXT NOT NULL,
  name_en TEXT,
  kind TEXT,
  parent TEXT
) STRICT;
INSERT INTO "institution" VALUES('pj','PJ','Poder Judicial','Judiciary','judiciary',NULL);
INSERT INTO "institution" VALUES('mpfn','MPFN','Ministerio Público Fiscalía de la Nación','Public Prosecution Service','prosecution',NULL);
INSERT INTO "institution" VALUES('fistrap','FISTRAP','Fiscalías Provinciales Corporativas Especializadas en Trata de Personas','Specialised provincial anti-trafficking prosecution offices','prosecution',NULL);
INSERT INTO "institution" VALUES('udavit','UDAVIT','Unidad de Atención de Víctimas del Ministerio Público','Victim Support Unit of the Prosecution Service','prosecution',NULL);
INSERT INTO "institution" VALUES('ofaec','OFAEC','Oficina de Análisis Estratégico contra la Criminalidad','Office of Strategic Analysis against Crime','prosecution',NULL);
INSERT INTO "institution" VALUES('iml','IML','Instituto de Medicina Legal','Institute of Legal Medicine','state_body',NULL);
INSERT INTO "institution" VALUES('emp','EMP','Escuela del Ministerio Público','School of the Prosecution Service','training_school',NULL);
INSERT INTO "institution" VALUES('escuela_del_poder_judicial',NULL,'Escuela del Poder Judicial','School of the Judiciary','training_school',NULL);
INSERT INTO "institution" VALUES('escuela_de_la_pnp',NULL,'Escuela de la PNP','Police school','training_school',NULL);
INSERT INTO "institution" VALUES('pnp','PNP','Policía Nacional del Perú','National Police of Peru','police',NULL);
INSERT INTO "institution" VALUES('dirctptim','DIRCTPTIM','Dirección Contra la Trata de Personas y Tráfico Ilícito de Migrantes','Police directorate against trafficking and smuggling','police',NULL);
INSERT INTO "institution" VALUES('departamento_de_trata_de_personas_en_la_',NULL,'Departamento de Trata de Personas en la Región Policial Loreto','Anti-trafficking department, Loreto police region','police',NULL);
INSERT INTO "institution" VALUES('mininter','MININTER','Ministerio del Interior','Ministry of the Interior','ministry',NULL);
INSERT INTO "institution" VALUES('dgsd','DGSD','Dirección General de Seguridad Democrática','Directorate-General for Democratic Security','ministry',NULL);
INSERT INTO "institution" VALUES('dg_tic','DG TIC','Dirección General de Tecnologías de la Información y Comunicaciones','ICT Directorate-General','ministry',NULL);
INSERT INTO "institution" VALUES('minjusdh','MINJUSDH','Ministerio de Justicia y Derechos Humanos','Ministry of Justice and Human Rights','ministry',NULL);
INSERT INTO "institution" VALUES('mimp','MIMP','Ministerio de la Mujer y Poblaciones Vulnerables','Ministry of Women and Vulnerable Populations','ministry',NULL);
INSERT INTO "institution" VALUES('inabif','INABIF','INABIF','National family-welfare programme (runs the CAR)','state_body',NULL);
INSERT INTO "institution" VALUES('upe','UPE','UPE','Special Protection Unit','state_body',NULL);
INSERT INTO "institution" VALUES('cem','CEM','CEM','Women Emergency Centres','state_body',NULL);
INSERT INTO "institution" VALUES('uspnna','USPNNA','Unidad de Servicios de Protección de Niños, Niñas y Adolescentes','Child Protection Services Unit','state_body',NULL);
INSERT INTO "institution" VALUES('dgnna','DGNNA','Dirección General de Niñas, Niños y Adolescentes','Directorate-General for Children and Adolescents','ministry',NULL);
INSERT INTO "institution" VALUES('demuna','DEMUNA','Defensoría Municipal del Niño y Adolescente','Municipal child defence office','municipality',NULL);
INSERT INTO "institution" VALUES('minsa','MINSA','Ministerio de Salud','Ministry of Health','ministry',NULL);
INSERT INTO "institution" VALUES('dsm','DSM','Dirección de Salud Mental','Mental Health Directorate','ministry',NULL);
INSERT INTO "institution" VALUES('mre','MRE','Ministerio de Relaciones Exteriores','Ministry of Foreign Affairs','ministry',NULL);
INSERT INTO "institution" VALUES('mtpe','MTPE','MTPE','Ministry of Labour and Employment Promotion','ministry',NULL);
INSERT INTO "institution" VALUES('minedu','MINEDU','MINEDU','Ministry of Education','ministry',NULL);
INSERT INTO "institution" VALUES('midis','MIDIS','MIDIS','Ministry of Development and Social Inclusion','ministry',NULL);
INSERT INTO "institution" VALUES('produce','PRODUCE','Ministerio de la Producción','Ministry of Production','ministry',NULL);
INSERT INTO "institution" VALUES('mincetur','MINCETUR','MINCETUR','Ministry of Foreign Trade and Tourism','ministry',NULL);
INSERT INTO "institution" VALUES('mef','MEF','Ministerio de Economía y Finanzas','Ministry of Economy and Finance','ministry',NULL);
INSERT INTO "institution" VALUES('defensoria_del_pueblo',NULL,'Defensoría del Pueblo','Ombudsman','state_body',NULL);
INSERT INTO "institution" VALUES('comision_multisectorial_de_naturaleza_pe',NULL,'Comisión Multisectorial de Naturaleza Permanente contra la Trata de Personas y el Tráfico Ilícito de Migrantes','Standing Multisectoral Commission against Trafficking and Smuggling','commission',NULL);
INSERT INTO "institution" VALUES('comision_metropolitana_de_lima',NULL,'Comisión Metropolitana de Lima','Lima Metropolitan Commission','commission',NULL);
INSERT INTO "institution" VALUES('comision_regional_de_cusco',NULL,'Comisión Regional de Cusco','Cusco Regional Commission','commission',NULL);
INSERT INTO "institution" VALUES('comision_regional_de_loreto',NULL,'Comisión Regional de Loreto','Loreto Regional Commission','commission',NULL);
INSERT INTO "institution" VALUES('gore_cusco','GORE Cusco','Gobierno Regional de Cusco','Regional Government of Cusco','regional_government',NULL);
INSERT INTO "institution" VALUES('gore_loreto','GORE Loreto','Gobierno Regional de Loreto','Regional Government of Loreto','regional_government',NULL);
INSERT INTO "institution" VALUES('oredis','OREDIS','OREDIS','Regional disability office (Loreto)','regional_government',NULL);
INSERT INTO "institution" VALUES('mml','MML','Municipalidad Metropolitana de Lima','Metropolitan Municipality of Lima','municipality',NULL);
INSERT INTO "institution" VALUES('municipalidad_provincial_de_tambopata',NULL,'Municipalidad Provincial de Tambopata','Provincial Municipality of Tambopata','municipality',NULL);
INSERT INTO "institution" VALUES('municipalidad_provincial_de_maynas',NULL,'Municipalidad Provincial de Maynas','Provincial Municipality of Maynas','municipality',NULL);
INSERT INTO "institution" VALUES('municipalidad_distrital_de_ccatca',NULL,'Municipalidad Distrital de Ccatca','District Municipality of Ccatca','municipality',NULL);
INSERT INTO "institution" VALUES('serenazgo',NULL,'Serenazgo','Municipal security service','municipality',NULL);
INSERT INTO "institution" VALUES('care_gracia_i',NULL,'CARE Gracia I','CARE Gracia I','shelter',NULL);
INSERT INTO "institution" VALUES('care_gracia_ii',NULL,'CARE Gracia II','CARE Gracia II','shelter',NULL);
INSERT INTO "institution" VALUES('care_miski_illariy',NULL,'CARE Miski Illariy','CARE Miski Illariy','shelter',NULL);
INSERT INTO "institution" VALUES('care_tikarisunchis',NULL,'CARE Tikarisunchis','CARE Tikarisunchis','shelter',NULL);
INSERT INTO "institution" VALUES('care_florecer',NULL,'CARE Florecer','CARE Florecer','shelter',NULL);
INSERT INTO "institution" VALUES('oit','OIT','Organización Internacional del Trabajo','International Labour Organization','un_agency',NULL);
INSERT INTO "institution" VALUES('usdos','USDOS','United States Department of State','US Department of State','donor',NULL);
INSERT INTO "institution" VALUES('j_tip','J-TIP','Oficina del Departamento de Estado de los Estados Unidos para Monitorear y Combatir la Trata de Personas','Office to Monitor and Combat Trafficking in Persons','donor',NULL);
INSERT INTO "institution" VALUES('embajada_de_estados_unidos_en_peru',NULL,'Embajada de Estados Unidos en Perú','US Embassy in Peru','donor',NULL);
INSERT INTO "institution" VALUES('usaid','USAID','Agencia de los Estados Unidos para el Desarrollo Internacional','US Agency for International Development','donor',NULL);
INSERT INTO "institution" VALUES('idl','IDL','Instituto de Defensa Legal','Legal Defence Institute','ngo',NULL);
INSERT INTO "institution" VALUES('chs_alternativo','CHS Alternativo','Capital Humano y Social Alternativo','Capital Humano y Social Alternativo','ngo',NULL);
INSERT INTO "institution" VALUES('promsex','PROMSEX','Promsex','Promsex','ngo',NULL);
INSERT INTO "institution" VALUES('pucp','PUCP','Pontificia Universidad Católica del Perú','Pontifical Catholic University of Peru','university',NULL);
INSERT INTO "institution" VALUES('ipedehp','IPEDEHP','Instituto Peruano de Educación en Derechos Humanos y la Paz','Peruvian Institute of Human Rights and Peace Education','ngo',NULL);
INSERT INTO "institution" VALUES('cepeser','CEPESER','Central Peruana de Servicios','Central Peruana de Servicios','ngo',NULL);
INSERT INTO "institution" VALUES('radio_idl',NULL,'Radio IDL','Radio IDL (Lima)','media',NULL);
INSERT INTO "institution" VALUES('radio_universal',NULL,'Radio Universal','Radio Universal (Cusco)','media',NULL);
INSERT INTO "institution" VALUES('radio_la_voz_de_la_selva',NULL,'Radio La Voz de la Selva','Radio La Voz de la Selva (Loreto)','media',NULL);
INSERT INTO "institution" VALUES('macroconsult',NULL,'Macroconsult','Macroconsult','evaluator',NULL);
INSERT INTO "institution" VALUES('eval','EVAL','Oficina de Evaluación de la OIT','ILO Evaluation Office','un_agency',NULL);
INSERT INTO "institution" VALUES('pardev','PARDEV','PARDEV','ILO partnerships office (forwards reports to the donor)','un_agency',NULL);
CREATE TABLE measurement(
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  period TEXT NOT NULL,                 -- 2020T2
  value REAL,
  state TEXT NOT NULL CHECK (state IN ('number', 'not_due', 'unknown')),
  numerator REAL,
  denominator REAL,
  source TEXT,
  PRIMARY KEY (indicator_id, period)
) STRICT;
INSERT INTO "measurement" VALUES('R-1.1.1.1','2020T2',45.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.1.2.1','2020T2',NULL,'not_due',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.2.1.1','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.2.1.3','2020T2',100.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.2.2.1','2020T2',1.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.2.2.2','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.3.1.1','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.3.1.2','2020T2',1.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-1.3.1.3','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.1.1.1','2020T2',6.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.1.2.1','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.1.2.2','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.2.1.1','2020T2',38.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.2.1.3','2020T2',6.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.2.1.4','2020T2',1350.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.2.2.1','2020T2',NULL,'not_due',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.3.1.1','2020T2',NULL,'not_due',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.4.1.1','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.4.2.1','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.4.2.2','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.5.1.1','2020T2',7.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-2.6.1.1','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.1.1.1','2020T2',2.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.1.1.2','2020T2',6.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.1.1.3','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.2.1.1','2020T2',42.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.2.1.2','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.2.1.3','2020T2',34.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.3.1.1','2020T2',NULL,'unknown',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.3.1.2','2020T2',60.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.3.2.1','2020T2',0.0,'number',NULL,NULL,NULL);
INSERT INTO "measurement" VALUES('R-3.3.2.2','2020T2',0.0,'number',NULL,NULL,NULL);
CREATE TABLE office(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  kind TEXT,
  inei_department TEXT                  -- INEI code of the department; RENIEC numbers the same departments otherwise
) STRICT;
INSERT INTO "office" VALUES('lima','Lima','Lima','regional','15');
INSERT INTO "office" VALUES('cusco','Cusco','Cusco','regional','08');
INSERT INTO "office" VALUES('loreto','Loreto','Loreto','regional','16');
INSERT INTO "office" VALUES('madre_de_dios','Madre de Dios','Madre de Dios','regional','17');
INSERT INTO "office" VALUES('puno','Puno','Puno','regional','21');
INSERT INTO "office" VALUES('central','Oficina central','Central office','central',NULL);
CREATE TABLE participant(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  document_type TEXT CHECK (document_type IN ('DNI', 'CE', 'PAS')),
  document_number TEXT,                 -- text: leading zeros count
  paternal_surname TEXT NOT NULL,
  maternal_surname TEXT,
  given_names TEXT NOT NULL,
  sex TEXT CHECK (sex IN ('F', 'M', 'X')),
  institution_code TEXT REFERENCES institution(code) DEFERRABLE INITIALLY DEFERRED,
  role_code TEXT REFERENCES role(code) DEFERRABLE INITIALLY DEFERRED,
  workplace TEXT,
  department TEXT,
  phone TEXT,
  email TEXT,
  notes TEXT
) STRICT;
INSERT INTO "participant" VALUES('983de919-c8df-5d08-9450-4aeda75771cd','DNI','40000001','Inbentado',NULL,'Uno','M',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "participant" VALUES('ea5d88f8-5b57-5198-8bbd-ad6ed1ac0b68','DNI','40000002','Inventada',NULL,'Dos','F',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "participant" VALUES('03469751-b2b4-5fc8-a86c-1e0f754c8faf','DNI','E1','(borrado)',NULL,'(borrado)',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE partner(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  kind TEXT,
  parent TEXT
) STRICT;
INSERT INTO "partner" VALUES('idl','Instituto de Defensa Legal',NULL,'ngo',NULL);
INSERT INTO "partner" VALUES('chs_alternativo','Capital Humano y Social Alternativo',NULL,'ngo',NULL);
INSERT INTO "partner" VALUES('promsex','Promsex',NULL,'ngo',NULL);
INSERT INTO "partner" VALUES('pucp','Pontificia Universidad Católica del Perú',NULL,'university',NULL);
INSERT INTO "partner" VALUES('consultores_externos','Consultores externos',NULL,'individual',NULL);
INSERT INTO "partner" VALUES('oit','Organización Internacional del Trabajo',NULL,'un_agency',NULL);
INSERT INTO "partner" VALUES('usdos','United States Department of State (J-TIP)',NULL,'donor',NULL);
INSERT INTO "partner" VALUES('proyecto_amazonia_chs_alternativo_usaid','Proyecto Amazonía (CHS Alternativo / USAID)',NULL,'project',NULL);
INSERT INTO "partner" VALUES('proyecto_bridge_oit','Proyecto Bridge (OIT)',NULL,'project',NULL);
CREATE TABLE period_close(
  period TEXT NOT NULL PRIMARY KEY,     -- 2020T2
  cut_off TEXT NOT NULL,
  central_sequence INTEGER,
  definitions_version TEXT,
  closed_by TEXT,
  closed_at TEXT
, result BLOB) STRICT;
CREATE TABLE period_text(
  period TEXT NOT NULL,                 -- 2020T2
  section TEXT NOT NULL,                -- summary, progress, challenges, lessons, budget, plan
  office_code TEXT NOT NULL REFERENCES office(code) DEFERRABLE INITIALLY DEFERRED,  -- whose text it is
  language TEXT NOT NULL CHECK (language IN ('es', 'en')),
  body TEXT,                            -- paragraphs, an empty line between them
  PRIMARY KEY (period, section, office_code, language)
) STRICT;
CREATE TABLE person_link(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  participant_id TEXT NOT NULL REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED,
  same_as TEXT NOT NULL REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED,
  decision TEXT NOT NULL CHECK (decision IN ('same', 'different')),
  decided_by TEXT,
  decided_at TEXT
) STRICT;
CREATE TABLE product(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT,                          -- component
  activity_code TEXT,
  owner TEXT
) STRICT;
INSERT INTO "product" VALUES('1.1.1','Informe de análisis de casos de trata de NNA.','Case analysis report','1','1.1','OIT + consultores');
INSERT INTO "product" VALUES('1.1.2','Informe de seguimiento del informe de análisis de casos de trata de NNA.','Follow-up report to the case analysis','1','1.1','OIT + consultores');
INSERT INTO "product" VALUES('1.2.1','Programa de capacitación para policías, fiscales, defensores públicos del MINJUSDH y jueces.','Training programme for police, prosecutors, public defenders and judges','1','1.2','OIT + consultores');
INSERT INTO "product" VALUES('1.2.2','Programa de capacitación para docentes en las escuelas del Poder Judicial, del Ministerio Público y de la PNP.','Training programme for teachers of the Judiciary, Prosecution and Police schools','1','1.2','OIT + consultores');
INSERT INTO "product" VALUES('1.3.1','Sistema de información para el monitoreo del PNATP 2017-2021.','Information system to monitor the PNATP 2017-2021','1','1.3','OIT + consultores');
INSERT INTO "product" VALUES('2.1.1','Instrumentos para la aplicación del ECV en casos de trata de NNA.','Instruments to apply the victim-centred approach (ECV)','2','2.1','CHS Alternativo');
INSERT INTO "product" VALUES('2.1.2','Programa de capacitación para la aplicación del ECV.','Training programme on the victim-centred approach','2','2.1','CHS Alternativo');
INSERT INTO "product" VALUES('2.2.1','Recomendaciones, acompañamiento y asistencia técnica para expandir y mejorar la calidad de los servicios para NNA víctimas de trata en los CAR y espacios temporales.','Recommendations, mentoring and TA to improve CAR services','2','2.2','CHS Alternativo');
INSERT INTO "product" VALUES('2.2.2','Modelo de atención para el INABIF para especializar los servicios para NNA víctimas de trata.','Care model for INABIF','2','2.2','CHS Alternativo');
INSERT INTO "product" VALUES('2.3.1','Protocolo de salud mental para atender a NNA víctimas de trata desarrollado e implementado por el MINSa.','Mental Health Protocol (MINSA)','2','2.3','OIT + consultores');
INSERT INTO "product" VALUES('2.4.1','Instituciones involucradas en la implementación de acciones contra la trata de NNA mejor informadas y equipadas para proteger y atender a las víctimas de trata.','Institutions better informed and equipped (Intersectoral Protocol)','2','2.4','CHS Alternativo');
INSERT INTO "product" VALUES('2.4.2','Programas piloto de reintegración con un ECV, desarrollados e implementados por las instituciones que conforman la Comisión Multisectorial.','Pilot reintegration programmes','2','2.4','CHS Alternativo');
INSERT INTO "product" VALUES('2.5.1','Capacidades mejoradas de las instituciones relevantes para proveer servicios especializados a NNA víctimas de trata, especialmente para la comunidad LGTBI.','Improved capacity to serve LGBTI child victims','2','2.5','OIT + consultores (Promsex)');
INSERT INTO "product" VALUES('2.6.1','Guías y capacitaciones institucionales para promover la sensibilización sobre señales e indicadores de sospecha para reconocer a NNA víctimas de trata, y procedimientos de referencia diseñados, desarrollados y disponibles.','Institutional guides and trainings to identify child victims','2','2.6','CHS Alternativo');
INSERT INTO "product" VALUES('3.1.1','Planes Regionales de Acción implementados en Lima, Cusco y Loreto, que incluyen acciones específicas contra la trata de NNA.','Regional action plans implemented','3','3.1','CHS Alternativo');
INSERT INTO "product" VALUES('3.2.1','Estrategia de comunicación basada en casos emblemáticos de trata de NNA diseñada y siendo implementada.','Communication strategy ("El Perú No Trata")','3','3.2','IDL');
INSERT INTO "product" VALUES('3.3.1','Acciones del PNATP 2017-2021 siendo implementadas.','PNATP 2017-2021 actions being implemented','3','3.3','CHS Alternativo + consultores');
INSERT INTO "product" VALUES('3.3.2','Protocolo de repatriación desarrollado e implementado.','Repatriation Protocol','3','3.3','CHS Alternativo + consultores');
CREATE TABLE result(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT,                          -- component
  activity_code TEXT,
  product_code TEXT
) STRICT;
INSERT INTO "result" VALUES('1.1.1','Mejores investigaciones y sanciones del sistema de justicia.','Better investigations and sanctions (first case report)','1','1.1','1.1.1');
INSERT INTO "result" VALUES('1.1.2','Mejores investigaciones y sanciones del sistema de justicia.','Better investigations and sanctions (follow-up report)','1','1.1','1.1.2');
INSERT INTO "result" VALUES('1.2.1','Mayor capacidad de los operadores de justicia para detectar, investigar, perseguir, condenar y sentenciar el delito de trata de NNA','Greater capacity of justice operators to detect, investigate, prosecute, convict and sentence','1','1.2','1.2.1');
INSERT INTO "result" VALUES('1.2.2','Se institucionalizan los mecanismos y recursos de aprendizaje para que las fuerzas del orden, los fiscales y las escuelas del Poder Judicial aborden los casos de trata de NNA e incrementen su conocimiento y habilidades.','Learning mechanisms institutionalised in the justice-sector schools','1','1.2','1.2.2');
INSERT INTO "result" VALUES('1.3.1','Instituciones miembros de la Comisión Multisectorial están equipadas para recopilar, analizar, producir y reportar información relevante sobre la implementación del PNATP 2017-2021','Multisectoral Commission members equipped to collect, analyse and report on the PNATP','1','1.3','1.3.1');
INSERT INTO "result" VALUES('2.1.1','Políticas y procedimientos relevantes para casos de trata de NNA que promueven el ECV se encuentran disponibles y están siendo implementadas.','Victim-centred policies and procedures available and implemented','2','2.1','2.1.1');
INSERT INTO "result" VALUES('2.1.2','Mayor capacidad institucional para aplicar el ECV en los casos de trata de NNA.','Greater institutional capacity to apply the victim-centred approach','2','2.1','2.1.2');
INSERT INTO "result" VALUES('2.2.1.1','Mayor número de víctimas recibiendo servicios integrales y especializados.','More victims receiving comprehensive specialised services','2','2.2','2.2.1');
INSERT INTO "result" VALUES('2.2.1.2','Mayor número de espacios públicos y temporales equipados y dotados de personal para proveer servicios integrales y especializados.','More public/temporary spaces equipped and staffed','2','2.2','2.2.1');
INSERT INTO "result" VALUES('2.2.1.3','Mayor conocimiento de los operadores de los CAR para la provisión de servicios especializados de alta calidad.','Greater knowledge of CAR operators','2','2.2','2.2.1');
INSERT INTO "result" VALUES('2.2.2','Servicios integrales y especializados estandarizados en todos los CAR.','Standardised services in all CAR','2','2.2','2.2.2');
INSERT INTO "result" VALUES('2.3.1','Mejores capacidades institucionales y marcos de acción del MINSa para brindar servicios especializados en salud mental a NNA víctimas de trata.','Better MINSA capacity for specialised mental-health services','2','2.3','2.3.1');
INSERT INTO "result" VALUES('2.4.1','Mejores acciones y coordinaciones entre las instituciones responsables de la atención y protección de NNA víctimas de trata.','Better actions and coordination among care/protection institutions','2','2.4','2.4.1');
INSERT INTO "result" VALUES('2.4.2','Mayor conocimiento y coordinación para reintegrar a NNA víctimas de trata y para orientar los esfuerzos hacia la creación de un sistema nacional de reintegración.','Greater knowledge and coordination to reintegrate victims','2','2.4','2.4.2');
INSERT INTO "result" VALUES('2.5.1','Mejor atención a NNA LGBTI víctimas de trata.','Better care for LGBTI child victims','2','2.5','2.5.1');
INSERT INTO "result" VALUES('2.6.1','Mayor efectividad de los sectores relevantes para identificar, reportar información y referir a NNA víctimas de trata.','Greater effectiveness to identify, report and refer victims','2','2.6','2.6.1');
INSERT INTO "result" VALUES('3.1.1','Mayor capacidad de acción y coordinación de las comisiones regionales para implementar localmente sus planes regionales contra la trata de personas.','Greater capacity of regional commissions to implement regional plans','3','3.1','3.1.1');
INSERT INTO "result" VALUES('3.2.1','Mayor entendimiento de la trata sexual y laboral de NNA entre la audiencia de IDL.','Better understanding of child trafficking among the IDL audience','3','3.2','3.2.1');
INSERT INTO "result" VALUES('3.3.1','Mayor capacidad de la Comisión Multisectorial para tomar acciones en contra de la trata de NNA basados en el PNATP 2017-2021.','Greater capacity of the Multisectoral Commission to act','3','3.3','3.3.1');
INSERT INTO "result" VALUES('3.3.2','Las políticas para la repatriación de NNA víctimas de trata han mejorado.','Improved repatriation policies','3','3.3','3.3.2');
CREATE TABLE role(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  authority_type TEXT,
  parent TEXT
) STRICT;
INSERT INTO "role" VALUES('policia_especializado','Policía especializado','Specialised police officer','operador de justicia','policia');
INSERT INTO "role" VALUES('policia_no_especializado','Policía no especializado','Non-specialised police officer','operador de justicia','policia');
INSERT INTO "role" VALUES('policia','Policía','Police officer','operador de justicia',NULL);
INSERT INTO "role" VALUES('policia_primera_linea','Personal policial / fuerzas del orden de primera línea de atención','Frontline law enforcement','fuerzas del orden de primera línea','policia');
INSERT INTO "role" VALUES('jefe_unidad_trata_pnp','Jefe de unidad de lucha contra la trata de personas / responsable del sistema RETA','Head of anti-trafficking unit / RETA system officer','operador de justicia','policia');
INSERT INTO "role" VALUES('fiscal_especializado','Fiscal especializado','Specialised prosecutor','operador de justicia','fiscal');
INSERT INTO "role" VALUES('fiscal_no_especializado','Fiscal no especializado','Non-specialised prosecutor','operador de justicia','fiscal');
INSERT INTO "role" VALUES('fiscal','Fiscal','Prosecutor','operador de justicia',NULL);
INSERT INTO "role" VALUES('defensor_publico_minjusdh','Defensor público del MINJUSDH','Public defender (MINJUSDH)','operador de justicia',NULL);
INSERT INTO "role" VALUES('defensor_victimas','Defensor de víctimas (MIMP, MINJUSDH y UDAVIT)','Victims'' defender','operador de justicia',NULL);
INSERT INTO "role" VALUES('juez','Juez','Judge','operador de justicia',NULL);
INSERT INTO "role" VALUES('personal_judicial','Personal judicial','Court staff','operador de justicia',NULL);
INSERT INTO "role" VALUES('docente_escuela_pj','Docente de la escuela del Poder Judicial','Teacher, School of the Judiciary','docente / capacitador',NULL);
INSERT INTO "role" VALUES('docente_escuela_mp','Docente de la escuela del Ministerio Público','Teacher, School of the Prosecution Service','docente / capacitador',NULL);
INSERT INTO "role" VALUES('docente_escuela_pnp','Docente de la escuela de la PNP','Teacher, police school','docente / capacitador',NULL);
INSERT INTO "role" VALUES('administrador_sistema_info','Administrador del sistema de información','Information-system administrator','usuario de sistema',NULL);
INSERT INTO "role" VALUES('usuario_sistema_info','Usuario del sistema de información','Information-system user','usuario de sistema',NULL);
INSERT INTO "role" VALUES('funcionario_cem','Funcionario del CEM','CEM official','funcionario público',NULL);
INSERT INTO "role" VALUES('funcionario_demuna','Funcionario de la DEMUNA','DEMUNA official','funcionario público',NULL);
INSERT INTO "role" VALUES('funcionario_upe','Funcionario de la UPE','UPE official','funcionario público',NULL);
INSERT INTO "role" VALUES('funcionario_udavit','Funcionario de UDAVIT','UDAVIT official','funcionario público',NULL);
INSERT INTO "role" VALUES('medico_legista','Médico legal del Instituto de Medicina Legal','Forensic doctor','operador de justicia',NULL);
INSERT INTO "role" VALUES('psicologo_iml','Psicólogo del Instituto de Medicina Legal','Forensic psychologist','operador de justicia',NULL);
INSERT INTO "role" VALUES('administrativo_iml','Personal administrativo del Instituto de Medicina Legal','Administrative staff, Legal Medicine','operador de justicia',NULL);
INSERT INTO "role" VALUES('operador_car','Operador de CAR / CARE','CAR/CARE operator','operador de CAR',NULL);
INSERT INTO "role" VALUES('tutor_car','Tutor de CAR','CAR tutor (caregiver)','operador de CAR',NULL);
INSERT INTO "role" VALUES('operador_inabif','Operador / personal de INABIF','INABIF operator','operador de CAR',NULL);
INSERT INTO "role" VALUES('funcionario_minsa','Funcionario / personal del MINSA','MINSA official','proveedor de salud',NULL);
INSERT INTO "role" VALUES('representante_institucion_comision','Representante de institución del grupo de trabajo de Atención y Protección','Representative of a care & protection institution','funcionario público',NULL);
INSERT INTO "role" VALUES('proveedor_reintegracion','Proveedor de servicios a cargo de planes de reintegración','Reintegration-plan service provider','proveedor de servicios',NULL);
INSERT INTO "role" VALUES('funcionario_publico','Funcionario público (otras instituciones)','Public official (other)','funcionario público',NULL);
INSERT INTO "role" VALUES('funcionario_local','Funcionario local','Local official','funcionario público',NULL);
INSERT INTO "role" VALUES('proveedor_salud','Proveedor de servicios de salud','Health-service provider','proveedor de salud',NULL);
INSERT INTO "role" VALUES('inspector_municipal','Inspector municipal','Municipal inspector','inspector municipal',NULL);
INSERT INTO "role" VALUES('serenazgo','Serenazgo','Municipal security officer','inspector municipal',NULL);
INSERT INTO "role" VALUES('agente_certificador','Agente certificador','Certifying agent','otro',NULL);
INSERT INTO "role" VALUES('miembro_comision_regional','Miembro de comisión regional','Regional-commission member','autoridad regional',NULL);
INSERT INTO "role" VALUES('funcionario_gobierno_regional','Funcionario de gobierno regional','Regional-government official','autoridad regional',NULL);
INSERT INTO "role" VALUES('miembro_comision_multisectorial','Miembro clave de la Comisión Multisectorial','Key Multisectoral Commission member','autoridad nacional',NULL);
INSERT INTO "role" VALUES('periodista','Periodista','Journalist','medios',NULL);
INSERT INTO "role" VALUES('funcionario_mre','Funcionario a cargo de los procedimientos de repatriación','Repatriation official','funcionario público',NULL);
INSERT INTO "role" VALUES('consul','Cónsul','Consul','funcionario público',NULL);
INSERT INTO "role" VALUES('participante_grupo_focal','Participante de grupo focal','Focus-group participant','otro',NULL);
INSERT INTO "role" VALUES('capacitador','Capacitador / facilitador (incl. experto internacional, consultor)','Trainer / facilitator','capacitador',NULL);
CREATE TABLE session_indicator(
  session_id TEXT NOT NULL REFERENCES training_session(id) DEFERRABLE INITIALLY DEFERRED,
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (session_id, indicator_id)
) STRICT;
INSERT INTO "session_indicator" VALUES('9bb837cf-1fec-41e6-a6ae-7b1ea5f86dc8','P-1.2.1.1');
CREATE TABLE sync_capture(
  sequence INTEGER PRIMARY KEY,
  table_no,
  row,                                  -- rowid
  mask,                                 -- update: changed columns; insert -1; delete -2; about to be replaced -3; decided -4
  at,                                   -- julian day of the write, this machine's clock
  old                                   -- sync_old_T row with the values before a delete or replacement
);
INSERT INTO "sync_capture" VALUES(1,12,2,-1,2.46136871837913198397e+06,NULL);
INSERT INTO "sync_capture" VALUES(2,15,2,32,2.46136871838046284387e+06,NULL);
CREATE TABLE sync_changeset(
  log_no INTEGER PRIMARY KEY,           -- order of arrival; at the central node the sequence number
  node_no INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  first_counter INTEGER NOT NULL,
  change_count INTEGER NOT NULL,
  first_hlc INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('applied', 'held', 'compacted')),
  header BLOB NOT NULL,
  signature BLOB NOT NULL,
  body BLOB,
  received_at TEXT NOT NULL,
  UNIQUE (node_no, sequence)
) STRICT;
INSERT INTO "sync_changeset" VALUES(1,1,1,1,6,117669708783157248,'applied',X'080112102CF1F2A3B2C7587F2302D35C74775B771801200128063A00400B480650BCAED0BFC1686220B32A2FC64FE4346BFDE63785654272289E3F15D61BA5356F3D97D35CEF51035B68AA08',X'FDB750D7ABE615B1CAE9EC9AECF26832D2D96D94F506F3B51ABF1AD7EAD1C7CEBC4D79DC275DE941ED79FB6E31D8410D566971D82A5EC71A4D12FF3F299AFE05',X'28B52FFD602A039C130066237A423071D301C20495455B0AD1038F6175C172E2C88B7ED7E95DA88FF17752EA2DE5FE23FD6D5292F7B7B338B97AF1A213B68E61578DF7FB7384B046494B4A424B9AEC165E0065006200D3FE9D92DB239D28D56ADC4F3D7B0B3597AFAFDDEA6892D439F72DFCDB695A2FE994424C7B7DB7877F379DF21383B266DC92CE134DC7A955ECE74F9A7659E3E5719694544FCBE93EA44AA2689DF7FABD4CE8A413DAA79E6301659803E2057E21DBA880762DE5AF2D5609C05512F5146A334ECF732140ECBA63C9797D3EE48B53D2790D7812401891918B162E2256302784D9B5E6C3AE372202ECFA55ECFAF3D8F5E4B1E90C3F11C672ACE90CB375FD2B9DDAD6873FB1196189C73AFDB46FD451A6FE186EB54E4B7FC7B4ACC68E9C57008F144AEAFFF03D89C608954ACAC12F64C38E5D3B0F4E25C274A612612AC71ACB3177863FD884994FEDB48EB4C923C4B4135B3338566DE7B79F7FE9A45A83DF4CDF8B3ACA34F164547B06A9DDEE85416AFDA146B50D56086481C47CF4956E1ED6310C5250100A8184AC900532A1C2831AEF16471E1431680A161D56228C58C0A142F2F202C388891B22103C30898C1603351AACB4643848746C50516286031B08603060F9207138E152492F091C3F51073B90C49B0F892A5049AC0149CC1FEE80C41BC760BC97E76FD55EBBADF15E0139204002E3D888F9EF90535DF37C6E9A70B80A2EAF674C350041EB809E6669E2FEB2A11C744037440E06466A8AC41CC718CD07CFBD44F078BEB1E46BD3D20965F0C45FE51C9F0AE60E60EC3A5673110DB9F68AA11B773E1E2D723957065B753B5F716A890F0E50B6050D6655F56D27D64587149D4E8A59E7C86511E38E109A5D066B50331D690314410100502D312E322E312E31444E49343030303030303132496E76656E7461646F61556E6F446F734D4602','2026-11-24T05:14:26.081Z');
INSERT INTO "sync_changeset" VALUES(2,1,2,7,1,117669708857933824,'applied',X'080112102CF1F2A3B2C7587F2302D35C74775B7718022007280132202E76E12E271CF407A76AD1D6C389634D6774DAB228AD68681B16650B18C9FE093A160A140A102CF1F2A3B2C7587F2302D35C74775B771006400B480650EAB8D0BFC16862203091030C1BF63E01CF387827B2DF5EEC7844DB9B819815F01FF6EB5550CA17D16869',X'8DBAAF2EAF501F3F5C1EA5BA42EBEF67598C5EC4D65B37BFA51D2612394BFBDD5604B35AF6B3CBCDFC76C1E93E1A197176DF38CC9FDB44542F11B131935D7B08',X'28B52FFD20694903000A4C080112480A0B7061727469636970616E7410021801220269642A1070617465726E616C5F7375726E616D65320808032A04080232003A0A08032A0620092A0208124207089AB5D0BFC1684A001219983DE919C8DF5D0894504AEDA75771CD596E76656E7461646F','2026-11-24T05:14:26.740Z');
INSERT INTO "sync_changeset" VALUES(3,3,1,1,1,117669708865208320,'applied',X'080112108FF72BBF68763BD8BB6A7D23D96C75D51801200128013A160A140A102CF1F2A3B2C7587F2302D35C74775B771006400B480650F6BAD0BFC1686220BCC386B97F93EEE86F37AADEEA438CA28B46116FCF8444EAB41FEE2E24EA92BC6869',X'DFBDFB5B8C26E24E9D0DF533B24AA020701D0ADE9D774737505329AD874F33A86933B0E73C7340D8ACB24EFF38A746CA1F416A8297518361D334DA63822C3D01',X'28B52FFD20694903000A4C080112480A0B7061727469636970616E7410021801220269642A1070617465726E616C5F7375726E616D65320808032A04080232003A0A08032A0620092A020812420708F8B6D0BFC1684A001219983DE919C8DF5D0894504AEDA75771CD496E62656E7461646F','2026-11-24T05:14:27.017Z');
INSERT INTO "sync_changeset" VALUES(4,1,3,8,1,117669708905971712,'applied',X'080112102CF1F2A3B2C7587F2302D35C74775B7718032008280132208CC3EBA4C229674FE8819E21E749700B5E8CDC9476349FD6E4FAF1D0825DFB163A2C0A140A102CF1F2A3B2C7587F2302D35C74775B7710070A140A108FF72BBF68763BD8BB6A7D23D96C75D51001400B480850BCC2D0BFC1686220F80A5CFF96FA25D7DCC19D7C0FE62C8D8861DF0D44EB2A9BF149FC7E1E2B190168BC02',X'86868B8698697F5DB0DFE5F576DC091D8C5F8312E609898D05D80832219447E271BC135EC62BD0D8ACC574E57578A9176693690C5EBF3DC2C0FA252E1110FC0E',X'005152440A102CF1F2A3B2C7587F2302D35C74775B7712400A67FB1009D8EFAF1580E9D3212313D66683EA9F5EC3B1803FF6B098C88B027350B43D0D942CD7E642E9D3DA1A12D312778DBD8A65B1BC328C3AB702CAE4AC0718BC0222F60128B52FFD603C00650700D2CD322F704DDAF01EC4FBDCAD2E818377C170E5EA961C1B6B21492A2D4ABD46BC6283131CFC3908125CA8346AB2352229090907143E6BA9C60061A10142A123E3215F0424C788FBF088D860600594E3B011012109296994042743B5D515A8AD5E93B69A0D4C9A3529E36056839AB586B98EE9472DE39B1EB53FDDD4A81D4AEDD59375C2D20A97D456DA21ADDCD388338EF87E9CDAC22FEBEBDE29A284654EEDF3BDCDD7C9F7D6F1AB535BD7CCFC97F67A811D7E9FB9A210A0615C044FC033E17F355611DB572DD2C2A09EB634A40B0063292A77D898DD80ACF7CAA2C32C8CB15F97742F96B9261A9662EA01','2026-11-24T05:14:27.355Z');
CREATE TABLE sync_column(
  table_no INTEGER NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (table_no, no)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_column" VALUES(1,1,'name_es');
INSERT INTO "sync_column" VALUES(1,2,'name_en');
INSERT INTO "sync_column" VALUES(1,3,'kind');
INSERT INTO "sync_column" VALUES(1,4,'inei_department');
INSERT INTO "sync_column" VALUES(2,1,'acronym');
INSERT INTO "sync_column" VALUES(2,2,'name_es');
INSERT INTO "sync_column" VALUES(2,3,'name_en');
INSERT INTO "sync_column" VALUES(2,4,'kind');
INSERT INTO "sync_column" VALUES(2,5,'parent');
INSERT INTO "sync_column" VALUES(3,1,'name_es');
INSERT INTO "sync_column" VALUES(3,2,'name_en');
INSERT INTO "sync_column" VALUES(3,3,'authority_type');
INSERT INTO "sync_column" VALUES(3,4,'parent');
INSERT INTO "sync_column" VALUES(4,1,'name_es');
INSERT INTO "sync_column" VALUES(4,2,'name_en');
INSERT INTO "sync_column" VALUES(4,3,'kind');
INSERT INTO "sync_column" VALUES(4,4,'parent');
INSERT INTO "sync_column" VALUES(5,1,'name_es');
INSERT INTO "sync_column" VALUES(5,2,'name_en');
INSERT INTO "sync_column" VALUES(5,3,'parent');
INSERT INTO "sync_column" VALUES(6,1,'name_es');
INSERT INTO "sync_column" VALUES(6,2,'name_en');
INSERT INTO "sync_column" VALUES(6,3,'parent');
INSERT INTO "sync_column" VALUES(6,4,'owner');
INSERT INTO "sync_column" VALUES(7,1,'name_es');
INSERT INTO "sync_column" VALUES(7,2,'name_en');
INSERT INTO "sync_column" VALUES(7,3,'parent');
INSERT INTO "sync_column" VALUES(7,4,'activity_code');
INSERT INTO "sync_column" VALUES(7,5,'owner');
INSERT INTO "sync_column" VALUES(8,1,'name_es');
INSERT INTO "sync_column" VALUES(8,2,'name_en');
INSERT INTO "sync_column" VALUES(8,3,'parent');
INSERT INTO "sync_column" VALUES(8,4,'activity_code');
INSERT INTO "sync_column" VALUES(8,5,'product_code');
INSERT INTO "sync_column" VALUES(9,1,'level');
INSERT INTO "sync_column" VALUES(9,2,'code');
INSERT INTO "sync_column" VALUES(9,3,'parent');
INSERT INTO "sync_column" VALUES(9,4,'name_es');
INSERT INTO "sync_column" VALUES(9,5,'name_en');
INSERT INTO "sync_column" VALUES(9,6,'unit');
INSERT INTO "sync_column" VALUES(9,7,'computation');
INSERT INTO "sync_column" VALUES(9,8,'filter');
INSERT INTO "sync_column" VALUES(9,9,'baseline');
INSERT INTO "sync_column" VALUES(9,10,'baseline_state');
INSERT INTO "sync_column" VALUES(9,11,'owner');
INSERT INTO "sync_column" VALUES(9,12,'is_key');
INSERT INTO "sync_column" VALUES(9,13,'retired_on');
INSERT INTO "sync_column" VALUES(11,1,'target');
INSERT INTO "sync_column" VALUES(11,2,'note');
INSERT INTO "sync_column" VALUES(12,1,'office_code');
INSERT INTO "sync_column" VALUES(12,2,'code');
INSERT INTO "sync_column" VALUES(12,3,'title');
INSERT INTO "sync_column" VALUES(12,4,'topic');
INSERT INTO "sync_column" VALUES(12,5,'kind');
INSERT INTO "sync_column" VALUES(12,6,'modality');
INSERT INTO "sync_column" VALUES(12,7,'status');
INSERT INTO "sync_column" VALUES(12,8,'planned_on');
INSERT INTO "sync_column" VALUES(12,9,'starts_on');
INSERT INTO "sync_column" VALUES(12,10,'ends_on');
INSERT INTO "sync_column" VALUES(12,11,'hours');
INSERT INTO "sync_column" VALUES(12,12,'department');
INSERT INTO "sync_column" VALUES(12,13,'province');
INSERT INTO "sync_column" VALUES(12,14,'district');
INSERT INTO "sync_column" VALUES(12,15,'venue');
INSERT INTO "sync_column" VALUES(12,16,'partner_code');
INSERT INTO "sync_column" VALUES(12,17,'facilitator');
INSERT INTO "sync_column" VALUES(12,18,'notes');
INSERT INTO "sync_column" VALUES(14,1,'document_type');
INSERT INTO "sync_column" VALUES(14,2,'document_number');
INSERT INTO "sync_column" VALUES(14,3,'paternal_surname');
INSERT INTO "sync_column" VALUES(14,4,'maternal_surname');
INSERT INTO "sync_column" VALUES(14,5,'given_names');
INSERT INTO "sync_column" VALUES(14,6,'sex');
INSERT INTO "sync_column" VALUES(14,7,'institution_code');
INSERT INTO "sync_column" VALUES(14,8,'role_code');
INSERT INTO "sync_column" VALUES(14,9,'workplace');
INSERT INTO "sync_column" VALUES(14,10,'department');
INSERT INTO "sync_column" VALUES(14,11,'phone');
INSERT INTO "sync_column" VALUES(14,12,'email');
INSERT INTO "sync_column" VALUES(14,13,'notes');
INSERT INTO "sync_column" VALUES(15,1,'institution_code');
INSERT INTO "sync_column" VALUES(15,2,'role_code');
INSERT INTO "sync_column" VALUES(15,3,'workplace');
INSERT INTO "sync_column" VALUES(15,4,'completed');
INSERT INTO "sync_column" VALUES(15,5,'pre_score');
INSERT INTO "sync_column" VALUES(15,6,'post_score');
INSERT INTO "sync_column" VALUES(15,7,'score_scale');
INSERT INTO "sync_column" VALUES(15,8,'notes');
INSERT INTO "sync_column" VALUES(16,1,'department');
INSERT INTO "sync_column" VALUES(16,2,'n_both');
INSERT INTO "sync_column" VALUES(16,3,'pre_mean');
INSERT INTO "sync_column" VALUES(16,4,'post_mean');
INSERT INTO "sync_column" VALUES(17,1,'code');
INSERT INTO "sync_column" VALUES(17,2,'indicator_id');
INSERT INTO "sync_column" VALUES(17,3,'office_code');
INSERT INTO "sync_column" VALUES(17,4,'title');
INSERT INTO "sync_column" VALUES(17,5,'status');
INSERT INTO "sync_column" VALUES(17,6,'delivered_on');
INSERT INTO "sync_column" VALUES(17,7,'quantity');
INSERT INTO "sync_column" VALUES(17,8,'evidence');
INSERT INTO "sync_column" VALUES(18,1,'value');
INSERT INTO "sync_column" VALUES(18,2,'state');
INSERT INTO "sync_column" VALUES(18,3,'numerator');
INSERT INTO "sync_column" VALUES(18,4,'denominator');
INSERT INTO "sync_column" VALUES(18,5,'source');
INSERT INTO "sync_column" VALUES(19,1,'participant_id');
INSERT INTO "sync_column" VALUES(19,2,'same_as');
INSERT INTO "sync_column" VALUES(19,3,'decision');
INSERT INTO "sync_column" VALUES(19,4,'decided_by');
INSERT INTO "sync_column" VALUES(19,5,'decided_at');
INSERT INTO "sync_column" VALUES(20,1,'cut_off');
INSERT INTO "sync_column" VALUES(20,2,'central_sequence');
INSERT INTO "sync_column" VALUES(20,3,'definitions_version');
INSERT INTO "sync_column" VALUES(20,4,'closed_by');
INSERT INTO "sync_column" VALUES(20,5,'closed_at');
INSERT INTO "sync_column" VALUES(20,6,'result');
INSERT INTO "sync_column" VALUES(21,1,'body');
CREATE TABLE sync_conflict(
  id TEXT PRIMARY KEY,
  table_no INTEGER NOT NULL,
  key TEXT NOT NULL,                    -- JSON array
  column_no INTEGER,                    -- null for delete and reference
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'delete', 'reference')),
  state TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
  current_value ANY, current_node INTEGER, current_at INTEGER,
  other_value ANY, other_node INTEGER, other_at INTEGER,
  opened_at TEXT NOT NULL,
  resolved_at TEXT,
  resolved_node INTEGER,
  resolution TEXT                       -- decision, superseded, gone
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_conflict" VALUES('c678e4ed3de66',14,'["983de919-c8df-5d08-9450-4aeda75771cd"]',3,'edit','open','Inbentado',3,1795497266620,'Ynventado',1,1795497266509,'2026-11-24T05:14:27.019Z',NULL,NULL,NULL);
CREATE TABLE sync_dead(
  table_no INTEGER NOT NULL,
  key BLOB NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (table_no, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_erased(
  table_name TEXT NOT NULL,
  key BLOB NOT NULL,
  column_name TEXT NOT NULL,
  value ANY,
  PRIMARY KEY (table_name, key, column_name)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','document_number','E1');
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','email',NULL);
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','given_names','(borrado)');
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','maternal_surname',NULL);
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','notes',NULL);
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','paternal_surname','(borrado)');
INSERT INTO "sync_erased" VALUES('participant',X'032430333436393735312D623262342D356663382D613836632D316530663735346338666166','phone',NULL);
CREATE TABLE sync_erasure(
  number INTEGER PRIMARY KEY,
  header BLOB NOT NULL,
  signature BLOB NOT NULL,
  body BLOB NOT NULL,
  carried_out_at TEXT NOT NULL
) STRICT;
INSERT INTO "sync_erasure" VALUES(1,X'0801121062B76194F3A8F6DE8B715504A16A41D21801200128013A00400B50F6C3D0BFC16862205A22F349A0A49D59DF2D16A0F73B3DE70A97D215560ACC4B977752C44E12DD5D68DB01',X'64ED11984A93A0B767BEEE9998EB24D9415F50AA4378658B1972C0D8BF52C3165EC3D23C2B50C76419F98996BB80155F634B1D3B2A62C3835B01FBE6B5410909',X'28B52FFD20DBAD0500140A0AB201080112AD010A0B7061727469636970616E7410021801220269642A0F646F63756D656E745F6E756D6265722A05656D61696C2A0B676976656E5F6E616D65732A106D617465726E616C5F7375722A056E6F747070686F6E65320808032A04080232003A0A08032A0620022A0208043A092A0208123A00420708F6C3D0BFC1684A00122403469751B2B45FC8A86C1E0F754C8FAF453128626F727261646F2906006029CA4CB489493898CB9315B2759E01','2026-11-24T05:14:27.647Z');
CREATE TABLE sync_forget(
  table_name TEXT NOT NULL,
  statement TEXT NOT NULL,
  PRIMARY KEY (table_name, statement)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_forget" VALUES('participant','DELETE FROM import_before WHERE target LIKE ''%'' || char(9) || ?1');
INSERT INTO "sync_forget" VALUES('participant','DELETE FROM import_memory WHERE kind = ''attendance'' AND row_key LIKE ''%'' || char(9) || ?1');
INSERT INTO "sync_forget" VALUES('participant','DELETE FROM import_write WHERE row_key = ?1 OR row_key LIKE ''%'' || char(9) || ?1');
CREATE TABLE sync_head(
  table_no INTEGER NOT NULL,
  row INTEGER NOT NULL,
  column_no INTEGER NOT NULL,           -- -1: a delete of the row
  node_no INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  flags INTEGER NOT NULL,               -- 1: an insert's NULL
  value ANY,
  PRIMARY KEY (table_no, row, column_no, node_no, counter)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_head" VALUES(14,1,3,1,7,117669708857933824,0,'Ynventado');
INSERT INTO "sync_head" VALUES(14,1,3,3,1,117669708865208320,0,'Inbentado');
CREATE TABLE sync_incident(
  no INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
INSERT INTO "sync_incident" VALUES(1,'2026-11-24T05:14:27.651Z','erasure','erasure 1: 1 rows');
CREATE TABLE sync_kept(
  table_no INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (table_no, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_migration(
  name TEXT PRIMARY KEY,
  applied_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_migration" VALUES('v0001_engine','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0002_catalog','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0003_trainings','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0004_synced_tables','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0005_import_memory','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0006_long_life','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0006_owners_and_persons','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0007_peers','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0008_import_runs','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0010_web','2026-11-24T05:14:24.526Z');
INSERT INTO "sync_migration" VALUES('v0011_period_reports','2026-11-24T05:14:24.526Z');
CREATE TABLE sync_node(
  no INTEGER PRIMARY KEY,               -- 0 is the ground: rows that came with the schema
  id BLOB NOT NULL UNIQUE,              -- 16 bytes
  office TEXT NOT NULL,
  label TEXT,
  public_key BLOB,                      -- Ed25519, 32 bytes; null until the node is known by more than its id
  last_sequence INTEGER NOT NULL DEFAULT 0,  -- last of its changesets applied here
  last_counter INTEGER NOT NULL DEFAULT 0,   -- last of its changes applied or quarantined here
  last_hash BLOB                        -- hash of that changeset, which the next one must name
) STRICT;
INSERT INTO "sync_node" VALUES(0,X'00000000000000000000000000000000','','schema',NULL,0,0,NULL);
INSERT INTO "sync_node" VALUES(1,X'2CF1F2A3B2C7587F2302D35C74775B77','cusco',NULL,X'5CF5C19058D3064887CEA559E9CE32439B2C16A4A95826D7ECB0BC8C714BAEBD',3,8,X'BEF3BC30A4385D911E58BB784986DECEF1AF04D4BF7ED68B1C24EBA7E488B0FB');
INSERT INTO "sync_node" VALUES(2,X'62B76194F3A8F6DE8B715504A16A41D2','central',NULL,X'7B79F1F0A22E7D20A1411760608668ADD67BEE469CC242B26034500B7FEEBDF8',0,0,NULL);
INSERT INTO "sync_node" VALUES(3,X'8FF72BBF68763BD8BB6A7D23D96C75D5','puno',NULL,X'5B32B0F92C56539470720A9F265A9253CB821B8BDD52EB568DCD3D135E06E4A3',1,1,X'DE77744EE17BAF8CFE2BBFAF4F34DF5CD6D033B68C5008ABE8C0E70071E14630');
CREATE TABLE "sync_old_activity"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "parent", "owner");
CREATE TABLE "sync_old_attendance"(
  sync_old_row INTEGER PRIMARY KEY, "session_id", "participant_id", "institution_code", "role_code", "workplace", "completed", "pre_score", "post_score", "score_scale", "notes");
CREATE TABLE "sync_old_component"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "parent");
CREATE TABLE "sync_old_deliverable"(
  sync_old_row INTEGER PRIMARY KEY, "id", "code", "indicator_id", "office_code", "title", "status", "delivered_on", "quantity", "evidence");
CREATE TABLE "sync_old_group_score"(
  sync_old_row INTEGER PRIMARY KEY, "session_id", "group_label", "department", "n_both", "pre_mean", "post_mean");
CREATE TABLE "sync_old_indicator"(
  sync_old_row INTEGER PRIMARY KEY, "id", "level", "code", "parent", "name_es", "name_en", "unit", "computation", "filter", "baseline", "baseline_state", "owner", "is_key", "retired_on");
CREATE TABLE "sync_old_indicator_role"(
  sync_old_row INTEGER PRIMARY KEY, "indicator_id", "role_code");
CREATE TABLE "sync_old_indicator_target"(
  sync_old_row INTEGER PRIMARY KEY, "indicator_id", "valid_from", "target", "note");
CREATE TABLE "sync_old_institution"(
  sync_old_row INTEGER PRIMARY KEY, "code", "acronym", "name_es", "name_en", "kind", "parent");
CREATE TABLE "sync_old_measurement"(
  sync_old_row INTEGER PRIMARY KEY, "indicator_id", "period", "value", "state", "numerator", "denominator", "source");
CREATE TABLE "sync_old_office"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "kind", "inei_department");
CREATE TABLE "sync_old_participant"(
  sync_old_row INTEGER PRIMARY KEY, "id", "document_type", "document_number", "paternal_surname", "maternal_surname", "given_names", "sex", "institution_code", "role_code", "workplace", "department", "phone", "email", "notes");
CREATE TABLE "sync_old_partner"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "kind", "parent");
CREATE TABLE "sync_old_period_close"(
  sync_old_row INTEGER PRIMARY KEY, "period", "cut_off", "central_sequence", "definitions_version", "closed_by", "closed_at", "result");
CREATE TABLE "sync_old_period_text"(
  sync_old_row INTEGER PRIMARY KEY, "period", "section", "office_code", "language", "body");
CREATE TABLE "sync_old_person_link"(
  sync_old_row INTEGER PRIMARY KEY, "id", "participant_id", "same_as", "decision", "decided_by", "decided_at");
CREATE TABLE "sync_old_product"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "parent", "activity_code", "owner");
CREATE TABLE "sync_old_result"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "parent", "activity_code", "product_code");
CREATE TABLE "sync_old_role"(
  sync_old_row INTEGER PRIMARY KEY, "code", "name_es", "name_en", "authority_type", "parent");
CREATE TABLE "sync_old_session_indicator"(
  sync_old_row INTEGER PRIMARY KEY, "session_id", "indicator_id");
CREATE TABLE "sync_old_training_session"(
  sync_old_row INTEGER PRIMARY KEY, "id", "office_code", "code", "title", "topic", "kind", "modality", "status", "planned_on", "starts_on", "ends_on", "hours", "department", "province", "district", "venue", "partner_code", "facilitator", "notes");
CREATE TABLE sync_owner(
  table_name TEXT PRIMARY KEY,
  via TEXT NOT NULL                     -- the column that names the office, or refers to a row of a table named here
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_owner" VALUES('attendance','session_id');
INSERT INTO "sync_owner" VALUES('deliverable','office_code');
INSERT INTO "sync_owner" VALUES('group_score','session_id');
INSERT INTO "sync_owner" VALUES('session_indicator','session_id');
INSERT INTO "sync_owner" VALUES('training_session','office_code');
CREATE TABLE sync_peer(
  peer BLOB NOT NULL,                   -- 16 bytes
  node BLOB NOT NULL,                   -- whose changes
  last INTEGER NOT NULL,                -- the last of them that has arrived there
  PRIMARY KEY (peer, node)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_peer" VALUES(X'62B76194F3A8F6DE8B715504A16A41D2',X'2CF1F2A3B2C7587F2302D35C74775B77',8);
INSERT INTO "sync_peer" VALUES(X'62B76194F3A8F6DE8B715504A16A41D2',X'8FF72BBF68763BD8BB6A7D23D96C75D5',1);
CREATE TABLE sync_personal(
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  replacement ANY,                      -- null where the column may be empty; '#' at the end: a number follows
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_personal" VALUES('attendance','notes',NULL);
INSERT INTO "sync_personal" VALUES('participant','document_number','#');
INSERT INTO "sync_personal" VALUES('participant','email',NULL);
INSERT INTO "sync_personal" VALUES('participant','given_names','(borrado)');
INSERT INTO "sync_personal" VALUES('participant','maternal_surname',NULL);
INSERT INTO "sync_personal" VALUES('participant','notes',NULL);
INSERT INTO "sync_personal" VALUES('participant','paternal_surname','(borrado)');
INSERT INTO "sync_personal" VALUES('participant','phone',NULL);
CREATE TABLE sync_policy(
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('latest', 'manual', 'append', 'name', 'max', 'min')),
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_policy" VALUES('attendance','notes','append');
INSERT INTO "sync_policy" VALUES('attendance','post_score','manual');
INSERT INTO "sync_policy" VALUES('attendance','pre_score','manual');
INSERT INTO "sync_policy" VALUES('group_score','post_mean','manual');
INSERT INTO "sync_policy" VALUES('group_score','pre_mean','manual');
INSERT INTO "sync_policy" VALUES('participant','document_number','manual');
INSERT INTO "sync_policy" VALUES('participant','document_type','manual');
INSERT INTO "sync_policy" VALUES('participant','given_names','name');
INSERT INTO "sync_policy" VALUES('participant','maternal_surname','name');
INSERT INTO "sync_policy" VALUES('participant','notes','append');
INSERT INTO "sync_policy" VALUES('participant','paternal_surname','name');
INSERT INTO "sync_policy" VALUES('training_session','notes','append');
CREATE TABLE sync_quarantine(
  node_no INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  key TEXT NOT NULL,                    -- JSON array
  reason TEXT NOT NULL,                 -- unknown_table, unknown_column, constraint, reference, scope
  detail TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (node_no, counter)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_replica(
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  node_no INTEGER NOT NULL REFERENCES sync_node(no),
  last_hlc INTEGER NOT NULL DEFAULT 0,
  clock_offset_ms INTEGER,              -- central clock minus ours; null where it was never measured
  schema_cookie INTEGER NOT NULL DEFAULT 0,  -- PRAGMA schema_version when triggers were last verified
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO "sync_replica" VALUES(1,1,0,4,458,'2026-11-24T05:14:24.526Z');
CREATE TABLE "sync_row_activity"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_activity" VALUES(1,0,-9223372036854775808,3968440355684883432,NULL);
INSERT INTO "sync_row_activity" VALUES(2,0,-9223372036854775808,-619209558873381139,NULL);
INSERT INTO "sync_row_activity" VALUES(3,0,-9223372036854775808,8530783856627704015,NULL);
INSERT INTO "sync_row_activity" VALUES(4,0,-9223372036854775808,5246316932276908849,NULL);
INSERT INTO "sync_row_activity" VALUES(5,0,-9223372036854775808,-7479135503805058750,NULL);
INSERT INTO "sync_row_activity" VALUES(6,0,-9223372036854775808,-3771887339430172354,NULL);
INSERT INTO "sync_row_activity" VALUES(7,0,-9223372036854775808,-5478995162816633973,NULL);
INSERT INTO "sync_row_activity" VALUES(8,0,-9223372036854775808,-4586116664037931863,NULL);
INSERT INTO "sync_row_activity" VALUES(9,0,-9223372036854775808,-5755591759164104078,NULL);
INSERT INTO "sync_row_activity" VALUES(10,0,-9223372036854775808,-821264454762838837,NULL);
INSERT INTO "sync_row_activity" VALUES(11,0,-9223372036854775808,-6220508693216651825,NULL);
INSERT INTO "sync_row_activity" VALUES(12,0,-9223372036854775808,-4640268957410761370,NULL);
CREATE TABLE "sync_row_attendance"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_attendance" VALUES(1,327681,117669708812845056,-8472683610496307157,NULL);
INSERT INTO "sync_row_attendance" VALUES(2,393217,117669708820512768,973186849935988896,NULL);
CREATE TABLE "sync_row_component"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_component" VALUES(1,0,-9223372036854775808,-3936616169075392014,NULL);
INSERT INTO "sync_row_component" VALUES(2,0,-9223372036854775808,9133398307345842303,NULL);
INSERT INTO "sync_row_component" VALUES(3,0,-9223372036854775808,-7023939762131531536,NULL);
CREATE TABLE "sync_row_deliverable"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
CREATE TABLE "sync_row_group_score"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
CREATE TABLE "sync_row_indicator"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_indicator" VALUES(1,0,-9223372036854775808,-5377499328452180455,NULL);
INSERT INTO "sync_row_indicator" VALUES(2,0,-9223372036854775808,4966944118330328722,NULL);
INSERT INTO "sync_row_indicator" VALUES(3,0,-9223372036854775808,2375624208961942681,NULL);
INSERT INTO "sync_row_indicator" VALUES(4,0,-9223372036854775808,-4212600131609371207,NULL);
INSERT INTO "sync_row_indicator" VALUES(5,0,-9223372036854775808,5635639391618325530,NULL);
INSERT INTO "sync_row_indicator" VALUES(6,0,-9223372036854775808,-8625710662643964600,NULL);
INSERT INTO "sync_row_indicator" VALUES(7,0,-9223372036854775808,2888474441212746219,NULL);
INSERT INTO "sync_row_indicator" VALUES(8,0,-9223372036854775808,-401560674083765691,NULL);
INSERT INTO "sync_row_indicator" VALUES(9,0,-9223372036854775808,7553570639525580451,NULL);
INSERT INTO "sync_row_indicator" VALUES(10,0,-9223372036854775808,-8198300829284708101,NULL);
INSERT INTO "sync_row_indicator" VALUES(11,0,-9223372036854775808,-4826519250392494373,NULL);
INSERT INTO "sync_row_indicator" VALUES(12,0,-9223372036854775808,7659084922882031401,NULL);
INSERT INTO "sync_row_indicator" VALUES(13,0,-9223372036854775808,-145815437998867048,NULL);
INSERT INTO "sync_row_indicator" VALUES(14,0,-9223372036854775808,-7703785569193202882,NULL);
INSERT INTO "sync_row_indicator" VALUES(15,0,-9223372036854775808,-7907997604102860000,NULL);
INSERT INTO "sync_row_indicator" VALUES(16,0,-9223372036854775808,-3030862794477816766,NULL);
INSERT INTO "sync_row_indicator" VALUES(17,0,-9223372036854775808,5581918202789144026,NULL);
INSERT INTO "sync_row_indicator" VALUES(18,0,-9223372036854775808,-4351772231727716471,NULL);
INSERT INTO "sync_row_indicator" VALUES(19,0,-9223372036854775808,-231936757371498633,NULL);
INSERT INTO "sync_row_indicator" VALUES(20,0,-9223372036854775808,3093602910574587048,NULL);
INSERT INTO "sync_row_indicator" VALUES(21,0,-9223372036854775808,3396172265300296572,NULL);
INSERT INTO "sync_row_indicator" VALUES(22,0,-9223372036854775808,8232246496880539062,NULL);
INSERT INTO "sync_row_indicator" VALUES(23,0,-9223372036854775808,-6766739945057395535,NULL);
INSERT INTO "sync_row_indicator" VALUES(24,0,-9223372036854775808,-2476866534864138880,NULL);
INSERT INTO "sync_row_indicator" VALUES(25,0,-9223372036854775808,-5947292871186079128,NULL);
INSERT INTO "sync_row_indicator" VALUES(26,0,-9223372036854775808,-6839209726373677361,NULL);
INSERT INTO "sync_row_indicator" VALUES(27,0,-9223372036854775808,-4965922730955971340,NULL);
INSERT INTO "sync_row_indicator" VALUES(28,0,-9223372036854775808,-3097233498063792587,NULL);
INSERT INTO "sync_row_indicator" VALUES(29,0,-9223372036854775808,-5788562799487089853,NULL);
INSERT INTO "sync_row_indicator" VALUES(30,0,-9223372036854775808,-6704030016021640802,NULL);
INSERT INTO "sync_row_indicator" VALUES(31,0,-9223372036854775808,-1028520518300737316,NULL);
INSERT INTO "sync_row_indicator" VALUES(32,0,-9223372036854775808,7138581157739910888,NULL);
INSERT INTO "sync_row_indicator" VALUES(33,0,-9223372036854775808,-5171559661576003568,NULL);
INSERT INTO "sync_row_indicator" VALUES(34,0,-9223372036854775808,-7708067003589561097,NULL);
INSERT INTO "sync_row_indicator" VALUES(35,0,-9223372036854775808,-6685065378008212957,NULL);
INSERT INTO "sync_row_indicator" VALUES(36,0,-9223372036854775808,2419295709037774278,NULL);
INSERT INTO "sync_row_indicator" VALUES(37,0,-9223372036854775808,7464763114172142067,NULL);
INSERT INTO "sync_row_indicator" VALUES(38,0,-9223372036854775808,-5876584669774724703,NULL);
INSERT INTO "sync_row_indicator" VALUES(39,0,-9223372036854775808,-2566993403914441436,NULL);
INSERT INTO "sync_row_indicator" VALUES(40,0,-9223372036854775808,4414862038804127286,NULL);
INSERT INTO "sync_row_indicator" VALUES(41,0,-9223372036854775808,-4795251492059289521,NULL);
INSERT INTO "sync_row_indicator" VALUES(42,0,-9223372036854775808,9055711491724285612,NULL);
INSERT INTO "sync_row_indicator" VALUES(43,0,-9223372036854775808,5738017647720647227,NULL);
INSERT INTO "sync_row_indicator" VALUES(44,0,-9223372036854775808,1266213784119783382,NULL);
INSERT INTO "sync_row_indicator" VALUES(45,0,-9223372036854775808,-763662763404069612,NULL);
INSERT INTO "sync_row_indicator" VALUES(46,0,-9223372036854775808,5071381354801870223,NULL);
INSERT INTO "sync_row_indicator" VALUES(47,0,-9223372036854775808,-757821322781071333,NULL);
INSERT INTO "sync_row_indicator" VALUES(48,0,-9223372036854775808,3669555340139567162,NULL);
INSERT INTO "sync_row_indicator" VALUES(49,0,-9223372036854775808,5222980886768006546,NULL);
INSERT INTO "sync_row_indicator" VALUES(50,0,-9223372036854775808,-4665578463822693386,NULL);
INSERT INTO "sync_row_indicator" VALUES(51,0,-9223372036854775808,3509505106873708393,NULL);
INSERT INTO "sync_row_indicator" VALUES(52,0,-9223372036854775808,6660643883841457953,NULL);
INSERT INTO "sync_row_indicator" VALUES(53,0,-9223372036854775808,-5409188395083226292,NULL);
INSERT INTO "sync_row_indicator" VALUES(54,0,-9223372036854775808,8718170805714129207,NULL);
INSERT INTO "sync_row_indicator" VALUES(55,0,-9223372036854775808,-4225976091547384512,NULL);
INSERT INTO "sync_row_indicator" VALUES(56,0,-9223372036854775808,-5819934249104579515,NULL);
INSERT INTO "sync_row_indicator" VALUES(57,0,-9223372036854775808,-6700364715038561261,NULL);
INSERT INTO "sync_row_indicator" VALUES(58,0,-9223372036854775808,-7428577862930330275,NULL);
INSERT INTO "sync_row_indicator" VALUES(59,0,-9223372036854775808,-8242034852963544113,NULL);
INSERT INTO "sync_row_indicator" VALUES(60,0,-9223372036854775808,-2381498438888861416,NULL);
INSERT INTO "sync_row_indicator" VALUES(61,0,-9223372036854775808,406091699109562085,NULL);
INSERT INTO "sync_row_indicator" VALUES(62,0,-9223372036854775808,-1009609365806040755,NULL);
INSERT INTO "sync_row_indicator" VALUES(63,0,-9223372036854775808,6488511954891963556,NULL);
INSERT INTO "sync_row_indicator" VALUES(64,0,-9223372036854775808,2380943741274137122,NULL);
INSERT INTO "sync_row_indicator" VALUES(65,0,-9223372036854775808,-3074542812632096374,NULL);
INSERT INTO "sync_row_indicator" VALUES(66,0,-9223372036854775808,1302872432676354091,NULL);
INSERT INTO "sync_row_indicator" VALUES(67,0,-9223372036854775808,-7040280591252435690,NULL);
INSERT INTO "sync_row_indicator" VALUES(68,0,-9223372036854775808,-995984336465177666,NULL);
INSERT INTO "sync_row_indicator" VALUES(69,0,-9223372036854775808,-1180131042530748126,NULL);
INSERT INTO "sync_row_indicator" VALUES(70,0,-9223372036854775808,5904987384770668391,NULL);
INSERT INTO "sync_row_indicator" VALUES(71,0,-9223372036854775808,2008493688016192487,NULL);
INSERT INTO "sync_row_indicator" VALUES(72,0,-9223372036854775808,5800548607311122450,NULL);
INSERT INTO "sync_row_indicator" VALUES(73,0,-9223372036854775808,-3991772331745159062,NULL);
INSERT INTO "sync_row_indicator" VALUES(74,0,-9223372036854775808,-8949219732931937622,NULL);
INSERT INTO "sync_row_indicator" VALUES(75,0,-9223372036854775808,2141338701071266788,NULL);
INSERT INTO "sync_row_indicator" VALUES(76,0,-9223372036854775808,7277481794683327264,NULL);
INSERT INTO "sync_row_indicator" VALUES(77,0,-9223372036854775808,-6859132506295149727,NULL);
INSERT INTO "sync_row_indicator" VALUES(78,0,-9223372036854775808,-6257004141280243421,NULL);
INSERT INTO "sync_row_indicator" VALUES(79,0,-9223372036854775808,3801106528455417652,NULL);
INSERT INTO "sync_row_indicator" VALUES(80,0,-9223372036854775808,1839650271538996747,NULL);
INSERT INTO "sync_row_indicator" VALUES(81,0,-9223372036854775808,-8297129886641796394,NULL);
INSERT INTO "sync_row_indicator" VALUES(82,0,-9223372036854775808,-8022281435807855488,NULL);
INSERT INTO "sync_row_indicator" VALUES(83,0,-9223372036854775808,1829634481720307385,NULL);
INSERT INTO "sync_row_indicator" VALUES(84,0,-9223372036854775808,6470102726413965678,NULL);
INSERT INTO "sync_row_indicator" VALUES(85,0,-9223372036854775808,2673455952370775990,NULL);
INSERT INTO "sync_row_indicator" VALUES(86,0,-9223372036854775808,241042458190284812,NULL);
CREATE TABLE "sync_row_indicator_role"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_indicator_role" VALUES(1,0,-9223372036854775808,-1796190455276229442,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(2,0,-9223372036854775808,-1398043208102859029,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(3,0,-9223372036854775808,1339502406763131181,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(4,0,-9223372036854775808,2190864038766468280,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(5,0,-9223372036854775808,-353043508147684928,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(6,0,-9223372036854775808,5592189160689460017,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(7,0,-9223372036854775808,-6915843433595138162,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(8,0,-9223372036854775808,-2383474497811895660,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(9,0,-9223372036854775808,6375336777532394858,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(10,0,-9223372036854775808,-2306101949153602661,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(11,0,-9223372036854775808,5751170252377790185,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(12,0,-9223372036854775808,-396747803866284887,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(13,0,-9223372036854775808,2866446242910568406,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(14,0,-9223372036854775808,2784864251392290790,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(15,0,-9223372036854775808,8134565128413891967,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(16,0,-9223372036854775808,4541325628982278261,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(17,0,-9223372036854775808,-3264644500576659811,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(18,0,-9223372036854775808,4948834813754042795,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(19,0,-9223372036854775808,8870288116059312154,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(20,0,-9223372036854775808,2231383824831360113,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(21,0,-9223372036854775808,-3453512948909033221,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(22,0,-9223372036854775808,-5207993072655931717,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(23,0,-9223372036854775808,-121386696531306434,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(24,0,-9223372036854775808,4778006568708284402,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(25,0,-9223372036854775808,-8531966047406655073,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(26,0,-9223372036854775808,-9036487565436961525,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(27,0,-9223372036854775808,-7483866929430572044,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(28,0,-9223372036854775808,-8968064933134443307,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(29,0,-9223372036854775808,5599429831355722861,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(30,0,-9223372036854775808,-5167031745461823110,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(31,0,-9223372036854775808,-5564688788081236529,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(32,0,-9223372036854775808,-2783069258830854666,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(33,0,-9223372036854775808,-4973668132927077391,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(34,0,-9223372036854775808,4002270136641734545,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(35,0,-9223372036854775808,4060222009283658952,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(36,0,-9223372036854775808,-3478600571838772714,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(37,0,-9223372036854775808,2225188924476720566,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(38,0,-9223372036854775808,2239842596832191478,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(39,0,-9223372036854775808,4494126305251934233,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(40,0,-9223372036854775808,8933685222731414701,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(41,0,-9223372036854775808,-3526309519698629542,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(42,0,-9223372036854775808,-7757724719380603426,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(43,0,-9223372036854775808,3553856868755358313,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(44,0,-9223372036854775808,1418884954498584301,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(45,0,-9223372036854775808,285748170050222233,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(46,0,-9223372036854775808,-8241863402522989797,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(47,0,-9223372036854775808,-2762754556558130480,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(48,0,-9223372036854775808,-4088016554296984071,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(49,0,-9223372036854775808,-5574144159694777363,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(50,0,-9223372036854775808,-487711837946847416,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(51,0,-9223372036854775808,-5293174381740040757,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(52,0,-9223372036854775808,-442921978232192945,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(53,0,-9223372036854775808,9163785600047907361,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(54,0,-9223372036854775808,6090226117681049013,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(55,0,-9223372036854775808,-814809568359017338,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(56,0,-9223372036854775808,8173853383740206956,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(57,0,-9223372036854775808,595288913947191197,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(58,0,-9223372036854775808,5066503917572146126,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(59,0,-9223372036854775808,-7545646932788246093,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(60,0,-9223372036854775808,-1032617269074692875,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(61,0,-9223372036854775808,3794114354927356117,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(62,0,-9223372036854775808,585560161780089383,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(63,0,-9223372036854775808,-796184240913022389,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(64,0,-9223372036854775808,-8263650735116848948,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(65,0,-9223372036854775808,753297739122388261,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(66,0,-9223372036854775808,3694906338845756362,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(67,0,-9223372036854775808,8142251281395010916,NULL);
INSERT INTO "sync_row_indicator_role" VALUES(68,0,-9223372036854775808,4428044610517633694,NULL);
CREATE TABLE "sync_row_indicator_target"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_indicator_target" VALUES(1,0,-9223372036854775808,5773040972356996963,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(2,0,-9223372036854775808,7508774055094222779,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(3,0,-9223372036854775808,4762372524704798154,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(4,0,-9223372036854775808,-2119582522087797839,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(5,0,-9223372036854775808,-7711051741726057449,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(6,0,-9223372036854775808,7751931472232422316,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(7,0,-9223372036854775808,-1792133531152880525,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(8,0,-9223372036854775808,-2644751914995666852,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(9,0,-9223372036854775808,5631518305977878814,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(10,0,-9223372036854775808,-6854779124159709178,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(11,0,-9223372036854775808,5038214967239310781,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(12,0,-9223372036854775808,6768746856987261082,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(13,0,-9223372036854775808,6256365959346619677,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(14,0,-9223372036854775808,-2047780921626308705,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(15,0,-9223372036854775808,-7278088284174788353,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(16,0,-9223372036854775808,7150642157961755991,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(17,0,-9223372036854775808,-616431704903905653,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(18,0,-9223372036854775808,3358788281810325657,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(19,0,-9223372036854775808,1492763535142327651,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(20,0,-9223372036854775808,138757926259330866,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(21,0,-9223372036854775808,1333629853195704790,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(22,0,-9223372036854775808,-2012338034646988081,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(23,0,-9223372036854775808,-3220380270936356632,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(24,0,-9223372036854775808,-3264214571182569193,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(25,0,-9223372036854775808,5935235603937961525,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(26,0,-9223372036854775808,5163017032636230769,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(27,0,-9223372036854775808,-953656447375664017,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(28,0,-9223372036854775808,-1391127606860412597,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(29,0,-9223372036854775808,-4885248962354599255,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(30,0,-9223372036854775808,-5706565798947518996,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(31,0,-9223372036854775808,33711833749130652,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(32,0,-9223372036854775808,-8159599288198079753,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(33,0,-9223372036854775808,227164828611364219,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(34,0,-9223372036854775808,2795340758798305289,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(35,0,-9223372036854775808,-2277219077651019451,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(36,0,-9223372036854775808,-3390056786828250945,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(37,0,-9223372036854775808,1743063195716955753,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(38,0,-9223372036854775808,-8801106528113429849,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(39,0,-9223372036854775808,2626897548347711053,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(40,0,-9223372036854775808,5780379914801796993,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(41,0,-9223372036854775808,-6064238622440118221,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(42,0,-9223372036854775808,4737157072220033802,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(43,0,-9223372036854775808,3308874048119985636,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(44,0,-9223372036854775808,3468976254773535675,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(45,0,-9223372036854775808,6758203992805387258,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(46,0,-9223372036854775808,-2377897028007264790,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(47,0,-9223372036854775808,5402253668749294719,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(48,0,-9223372036854775808,5917514739480027070,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(49,0,-9223372036854775808,4295754044837220974,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(50,0,-9223372036854775808,3949139365474199244,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(51,0,-9223372036854775808,-6605996151308975767,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(52,0,-9223372036854775808,4928811291876027113,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(53,0,-9223372036854775808,-7969634061053588321,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(54,0,-9223372036854775808,-7819052030947776563,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(55,0,-9223372036854775808,8739515108953250795,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(56,0,-9223372036854775808,-2148379958735706023,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(57,0,-9223372036854775808,3640837859593533368,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(58,0,-9223372036854775808,5316336778640314422,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(59,0,-9223372036854775808,-1022792214027416589,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(60,0,-9223372036854775808,-2224379750447612708,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(61,0,-9223372036854775808,-919489435552136960,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(62,0,-9223372036854775808,4641075298120248073,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(63,0,-9223372036854775808,2266200435215802860,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(64,0,-9223372036854775808,-8935333214340757586,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(65,0,-9223372036854775808,-6866777999505919658,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(66,0,-9223372036854775808,-3526718011276462593,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(67,0,-9223372036854775808,7508184114179398258,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(68,0,-9223372036854775808,6170439620140452107,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(69,0,-9223372036854775808,-853399767503468415,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(70,0,-9223372036854775808,-722283747700943384,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(71,0,-9223372036854775808,2008935880547928107,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(72,0,-9223372036854775808,5004791428693801078,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(73,0,-9223372036854775808,-4480512394374976430,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(74,0,-9223372036854775808,5069283392942229582,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(75,0,-9223372036854775808,7614349631311776407,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(76,0,-9223372036854775808,612481013013857619,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(77,0,-9223372036854775808,655921780643078972,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(78,0,-9223372036854775808,-4327201745304385069,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(79,0,-9223372036854775808,3490498541306042364,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(80,0,-9223372036854775808,-3935547041508104554,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(81,0,-9223372036854775808,-6533623365586215827,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(82,0,-9223372036854775808,2659283739749533971,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(83,0,-9223372036854775808,2783736329288635520,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(84,0,-9223372036854775808,-492991863310733541,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(85,0,-9223372036854775808,-6770460085214396753,NULL);
INSERT INTO "sync_row_indicator_target" VALUES(86,0,-9223372036854775808,4148897254528260475,NULL);
CREATE TABLE "sync_row_institution"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_institution" VALUES(1,0,-9223372036854775808,-7939461002820230910,NULL);
INSERT INTO "sync_row_institution" VALUES(2,0,-9223372036854775808,-763896786383483413,NULL);
INSERT INTO "sync_row_institution" VALUES(3,0,-9223372036854775808,-335877910066558126,NULL);
INSERT INTO "sync_row_institution" VALUES(4,0,-9223372036854775808,2873051662706544281,NULL);
INSERT INTO "sync_row_institution" VALUES(5,0,-9223372036854775808,-8351689677933154364,NULL);
INSERT INTO "sync_row_institution" VALUES(6,0,-9223372036854775808,3641436207559053197,NULL);
INSERT INTO "sync_row_institution" VALUES(7,0,-9223372036854775808,-4792977861251594207,NULL);
INSERT INTO "sync_row_institution" VALUES(8,0,-9223372036854775808,3012520446661638834,NULL);
INSERT INTO "sync_row_institution" VALUES(9,0,-9223372036854775808,-7818089569319809103,NULL);
INSERT INTO "sync_row_institution" VALUES(10,0,-9223372036854775808,-5105116002576907212,NULL);
INSERT INTO "sync_row_institution" VALUES(11,0,-9223372036854775808,-8616039097576289984,NULL);
INSERT INTO "sync_row_institution" VALUES(12,0,-9223372036854775808,1342640245690888825,NULL);
INSERT INTO "sync_row_institution" VALUES(13,0,-9223372036854775808,-6792981935785779817,NULL);
INSERT INTO "sync_row_institution" VALUES(14,0,-9223372036854775808,669786704015064656,NULL);
INSERT INTO "sync_row_institution" VALUES(15,0,-9223372036854775808,4550879813238582982,NULL);
INSERT INTO "sync_row_institution" VALUES(16,0,-9223372036854775808,-8624920740961777210,NULL);
INSERT INTO "sync_row_institution" VALUES(17,0,-9223372036854775808,-1229207410232073488,NULL);
INSERT INTO "sync_row_institution" VALUES(18,0,-9223372036854775808,6345360795358711201,NULL);
INSERT INTO "sync_row_institution" VALUES(19,0,-9223372036854775808,2126883021181066488,NULL);
INSERT INTO "sync_row_institution" VALUES(20,0,-9223372036854775808,-8178586176095086377,NULL);
INSERT INTO "sync_row_institution" VALUES(21,0,-9223372036854775808,-1505229275706271385,NULL);
INSERT INTO "sync_row_institution" VALUES(22,0,-9223372036854775808,6443758428905995476,NULL);
INSERT INTO "sync_row_institution" VALUES(23,0,-9223372036854775808,6158749170615951399,NULL);
INSERT INTO "sync_row_institution" VALUES(24,0,-9223372036854775808,7814467856190407183,NULL);
INSERT INTO "sync_row_institution" VALUES(25,0,-9223372036854775808,6148508599645239889,NULL);
INSERT INTO "sync_row_institution" VALUES(26,0,-9223372036854775808,5253729332329823411,NULL);
INSERT INTO "sync_row_institution" VALUES(27,0,-9223372036854775808,6040457389137620983,NULL);
INSERT INTO "sync_row_institution" VALUES(28,0,-9223372036854775808,-6867787048170062104,NULL);
INSERT INTO "sync_row_institution" VALUES(29,0,-9223372036854775808,-8000506378757921279,NULL);
INSERT INTO "sync_row_institution" VALUES(30,0,-9223372036854775808,4527617766948750678,NULL);
INSERT INTO "sync_row_institution" VALUES(31,0,-9223372036854775808,-9197911461616932444,NULL);
INSERT INTO "sync_row_institution" VALUES(32,0,-9223372036854775808,-6171293086729854833,NULL);
INSERT INTO "sync_row_institution" VALUES(33,0,-9223372036854775808,1489903428579485994,NULL);
INSERT INTO "sync_row_institution" VALUES(34,0,-9223372036854775808,-150897504652553879,NULL);
INSERT INTO "sync_row_institution" VALUES(35,0,-9223372036854775808,-2185316692105451876,NULL);
INSERT INTO "sync_row_institution" VALUES(36,0,-9223372036854775808,-8989413781858703821,NULL);
INSERT INTO "sync_row_institution" VALUES(37,0,-9223372036854775808,-3499568470639562892,NULL);
INSERT INTO "sync_row_institution" VALUES(38,0,-9223372036854775808,5499340081904491377,NULL);
INSERT INTO "sync_row_institution" VALUES(39,0,-9223372036854775808,8692306938651453300,NULL);
INSERT INTO "sync_row_institution" VALUES(40,0,-9223372036854775808,-171740137191679344,NULL);
INSERT INTO "sync_row_institution" VALUES(41,0,-9223372036854775808,-1555157365522793638,NULL);
INSERT INTO "sync_row_institution" VALUES(42,0,-9223372036854775808,7354783435781425319,NULL);
INSERT INTO "sync_row_institution" VALUES(43,0,-9223372036854775808,7211180858329812138,NULL);
INSERT INTO "sync_row_institution" VALUES(44,0,-9223372036854775808,-4383086030422286452,NULL);
INSERT INTO "sync_row_institution" VALUES(45,0,-9223372036854775808,6101902217224249123,NULL);
INSERT INTO "sync_row_institution" VALUES(46,0,-9223372036854775808,-3392084529054242053,NULL);
INSERT INTO "sync_row_institution" VALUES(47,0,-9223372036854775808,-1192134801440360123,NULL);
INSERT INTO "sync_row_institution" VALUES(48,0,-9223372036854775808,8888854412975824824,NULL);
INSERT INTO "sync_row_institution" VALUES(49,0,-9223372036854775808,-5118463774444142018,NULL);
INSERT INTO "sync_row_institution" VALUES(50,0,-9223372036854775808,6495444652063840261,NULL);
INSERT INTO "sync_row_institution" VALUES(51,0,-9223372036854775808,-2137720863325183478,NULL);
INSERT INTO "sync_row_institution" VALUES(52,0,-9223372036854775808,-3915073023580781603,NULL);
INSERT INTO "sync_row_institution" VALUES(53,0,-9223372036854775808,-4985420649038060201,NULL);
INSERT INTO "sync_row_institution" VALUES(54,0,-9223372036854775808,-3605419158787213163,NULL);
INSERT INTO "sync_row_institution" VALUES(55,0,-9223372036854775808,-5768570558198810091,NULL);
INSERT INTO "sync_row_institution" VALUES(56,0,-9223372036854775808,1913242287383282673,NULL);
INSERT INTO "sync_row_institution" VALUES(57,0,-9223372036854775808,-1828127465301216911,NULL);
INSERT INTO "sync_row_institution" VALUES(58,0,-9223372036854775808,-8542945010102421754,NULL);
INSERT INTO "sync_row_institution" VALUES(59,0,-9223372036854775808,7187196596106284192,NULL);
INSERT INTO "sync_row_institution" VALUES(60,0,-9223372036854775808,-6058102698029384068,NULL);
INSERT INTO "sync_row_institution" VALUES(61,0,-9223372036854775808,3490991365819304827,NULL);
INSERT INTO "sync_row_institution" VALUES(62,0,-9223372036854775808,-248536421695692644,NULL);
INSERT INTO "sync_row_institution" VALUES(63,0,-9223372036854775808,3285351317668225250,NULL);
INSERT INTO "sync_row_institution" VALUES(64,0,-9223372036854775808,-8374528022904119095,NULL);
INSERT INTO "sync_row_institution" VALUES(65,0,-9223372036854775808,-5426558191519424038,NULL);
INSERT INTO "sync_row_institution" VALUES(66,0,-9223372036854775808,5134662269764508438,NULL);
INSERT INTO "sync_row_institution" VALUES(67,0,-9223372036854775808,-2036445714098409815,NULL);
CREATE TABLE "sync_row_measurement"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_measurement" VALUES(1,0,-9223372036854775808,7746213967217786831,NULL);
INSERT INTO "sync_row_measurement" VALUES(2,0,-9223372036854775808,-8816287867239611744,NULL);
INSERT INTO "sync_row_measurement" VALUES(3,0,-9223372036854775808,8553012128534090762,NULL);
INSERT INTO "sync_row_measurement" VALUES(4,0,-9223372036854775808,-1938445191778789936,NULL);
INSERT INTO "sync_row_measurement" VALUES(5,0,-9223372036854775808,9163668655659250401,NULL);
INSERT INTO "sync_row_measurement" VALUES(6,0,-9223372036854775808,8497224178790710964,NULL);
INSERT INTO "sync_row_measurement" VALUES(7,0,-9223372036854775808,7156735861773106539,NULL);
INSERT INTO "sync_row_measurement" VALUES(8,0,-9223372036854775808,2599852921157727844,NULL);
INSERT INTO "sync_row_measurement" VALUES(9,0,-9223372036854775808,-6431886899265006772,NULL);
INSERT INTO "sync_row_measurement" VALUES(10,0,-9223372036854775808,3585151222596593766,NULL);
INSERT INTO "sync_row_measurement" VALUES(11,0,-9223372036854775808,4141889193483466456,NULL);
INSERT INTO "sync_row_measurement" VALUES(12,0,-9223372036854775808,4415185064792911661,NULL);
INSERT INTO "sync_row_measurement" VALUES(13,0,-9223372036854775808,9167824113634121385,NULL);
INSERT INTO "sync_row_measurement" VALUES(14,0,-9223372036854775808,-1806050531997538580,NULL);
INSERT INTO "sync_row_measurement" VALUES(15,0,-9223372036854775808,4185335809777896069,NULL);
INSERT INTO "sync_row_measurement" VALUES(16,0,-9223372036854775808,3220024473048950144,NULL);
INSERT INTO "sync_row_measurement" VALUES(17,0,-9223372036854775808,7014479919921362164,NULL);
INSERT INTO "sync_row_measurement" VALUES(18,0,-9223372036854775808,-5014977263610337437,NULL);
INSERT INTO "sync_row_measurement" VALUES(19,0,-9223372036854775808,-7768911016851003622,NULL);
INSERT INTO "sync_row_measurement" VALUES(20,0,-9223372036854775808,6992975076690876880,NULL);
INSERT INTO "sync_row_measurement" VALUES(21,0,-9223372036854775808,3855498172111413621,NULL);
INSERT INTO "sync_row_measurement" VALUES(22,0,-9223372036854775808,-5067662150020960718,NULL);
INSERT INTO "sync_row_measurement" VALUES(23,0,-9223372036854775808,4709236484056448938,NULL);
INSERT INTO "sync_row_measurement" VALUES(24,0,-9223372036854775808,6096448767700340512,NULL);
INSERT INTO "sync_row_measurement" VALUES(25,0,-9223372036854775808,-5826524278504380925,NULL);
INSERT INTO "sync_row_measurement" VALUES(26,0,-9223372036854775808,1195497246464593575,NULL);
INSERT INTO "sync_row_measurement" VALUES(27,0,-9223372036854775808,-1098546499248425427,NULL);
INSERT INTO "sync_row_measurement" VALUES(28,0,-9223372036854775808,3285832235933616875,NULL);
INSERT INTO "sync_row_measurement" VALUES(29,0,-9223372036854775808,7978957495554948722,NULL);
INSERT INTO "sync_row_measurement" VALUES(30,0,-9223372036854775808,4672785559691028905,NULL);
INSERT INTO "sync_row_measurement" VALUES(31,0,-9223372036854775808,7145930518900169453,NULL);
INSERT INTO "sync_row_measurement" VALUES(32,0,-9223372036854775808,7689677386571324510,NULL);
CREATE TABLE "sync_row_office"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_office" VALUES(1,0,-9223372036854775808,-6781711725443553162,NULL);
INSERT INTO "sync_row_office" VALUES(2,0,-9223372036854775808,8950806002994699640,NULL);
INSERT INTO "sync_row_office" VALUES(3,0,-9223372036854775808,-8206460308437890863,NULL);
INSERT INTO "sync_row_office" VALUES(4,0,-9223372036854775808,-1289428484779593053,NULL);
INSERT INTO "sync_row_office" VALUES(5,0,-9223372036854775808,967751013645424306,NULL);
INSERT INTO "sync_row_office" VALUES(6,0,-9223372036854775808,4566956171842027988,NULL);
CREATE TABLE "sync_row_participant"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_participant" VALUES(1,196609,117669708794232832,185890240631642743,X'0302010007000000000000004D0DFA0BA201');
INSERT INTO "sync_row_participant" VALUES(2,262145,117669708802424832,-6220263988852539024,NULL);
INSERT INTO "sync_row_participant" VALUES(3,524289,117669708905971712,3472580415278738524,NULL);
CREATE TABLE "sync_row_partner"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_partner" VALUES(1,0,-9223372036854775808,345824303228772076,NULL);
INSERT INTO "sync_row_partner" VALUES(2,0,-9223372036854775808,-6870735799571988699,NULL);
INSERT INTO "sync_row_partner" VALUES(3,0,-9223372036854775808,7990011547298160761,NULL);
INSERT INTO "sync_row_partner" VALUES(4,0,-9223372036854775808,9202490556018033393,NULL);
INSERT INTO "sync_row_partner" VALUES(5,0,-9223372036854775808,-8249661822426072962,NULL);
INSERT INTO "sync_row_partner" VALUES(6,0,-9223372036854775808,4700619393749137008,NULL);
INSERT INTO "sync_row_partner" VALUES(7,0,-9223372036854775808,-112942832968002375,NULL);
INSERT INTO "sync_row_partner" VALUES(8,0,-9223372036854775808,4219435865633907808,NULL);
INSERT INTO "sync_row_partner" VALUES(9,0,-9223372036854775808,-6646609247283195975,NULL);
CREATE TABLE "sync_row_period_close"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
CREATE TABLE "sync_row_period_text"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
CREATE TABLE "sync_row_person_link"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
CREATE TABLE "sync_row_product"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_product" VALUES(1,0,-9223372036854775808,6150360706712913051,NULL);
INSERT INTO "sync_row_product" VALUES(2,0,-9223372036854775808,4127119859286736342,NULL);
INSERT INTO "sync_row_product" VALUES(3,0,-9223372036854775808,-2008785495541793208,NULL);
INSERT INTO "sync_row_product" VALUES(4,0,-9223372036854775808,1488655747048568129,NULL);
INSERT INTO "sync_row_product" VALUES(5,0,-9223372036854775808,-3838950767988363678,NULL);
INSERT INTO "sync_row_product" VALUES(6,0,-9223372036854775808,1973150336900660122,NULL);
INSERT INTO "sync_row_product" VALUES(7,0,-9223372036854775808,4129668539619856592,NULL);
INSERT INTO "sync_row_product" VALUES(8,0,-9223372036854775808,3649329677519626092,NULL);
INSERT INTO "sync_row_product" VALUES(9,0,-9223372036854775808,1857399259308782791,NULL);
INSERT INTO "sync_row_product" VALUES(10,0,-9223372036854775808,8264274802368845145,NULL);
INSERT INTO "sync_row_product" VALUES(11,0,-9223372036854775808,-3654065364511903469,NULL);
INSERT INTO "sync_row_product" VALUES(12,0,-9223372036854775808,1387030971193428961,NULL);
INSERT INTO "sync_row_product" VALUES(13,0,-9223372036854775808,-169126407529046508,NULL);
INSERT INTO "sync_row_product" VALUES(14,0,-9223372036854775808,4991583404212796822,NULL);
INSERT INTO "sync_row_product" VALUES(15,0,-9223372036854775808,1704183133245691269,NULL);
INSERT INTO "sync_row_product" VALUES(16,0,-9223372036854775808,1674455776120832081,NULL);
INSERT INTO "sync_row_product" VALUES(17,0,-9223372036854775808,-8592450787797761272,NULL);
INSERT INTO "sync_row_product" VALUES(18,0,-9223372036854775808,-1550343966356360571,NULL);
CREATE TABLE "sync_row_result"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_result" VALUES(1,0,-9223372036854775808,-5871735836978140637,NULL);
INSERT INTO "sync_row_result" VALUES(2,0,-9223372036854775808,760908071059125760,NULL);
INSERT INTO "sync_row_result" VALUES(3,0,-9223372036854775808,7842611513881377406,NULL);
INSERT INTO "sync_row_result" VALUES(4,0,-9223372036854775808,5940842821172507153,NULL);
INSERT INTO "sync_row_result" VALUES(5,0,-9223372036854775808,886999895947160280,NULL);
INSERT INTO "sync_row_result" VALUES(6,0,-9223372036854775808,-4529309774787853006,NULL);
INSERT INTO "sync_row_result" VALUES(7,0,-9223372036854775808,7503212877465628014,NULL);
INSERT INTO "sync_row_result" VALUES(8,0,-9223372036854775808,4142318153165065546,NULL);
INSERT INTO "sync_row_result" VALUES(9,0,-9223372036854775808,6672638614063865202,NULL);
INSERT INTO "sync_row_result" VALUES(10,0,-9223372036854775808,7652455798028473411,NULL);
INSERT INTO "sync_row_result" VALUES(11,0,-9223372036854775808,-6675429666943700325,NULL);
INSERT INTO "sync_row_result" VALUES(12,0,-9223372036854775808,-3885573373966452519,NULL);
INSERT INTO "sync_row_result" VALUES(13,0,-9223372036854775808,4918437266334461135,NULL);
INSERT INTO "sync_row_result" VALUES(14,0,-9223372036854775808,2967062492345451419,NULL);
INSERT INTO "sync_row_result" VALUES(15,0,-9223372036854775808,-7523444777384101415,NULL);
INSERT INTO "sync_row_result" VALUES(16,0,-9223372036854775808,3109226293172995564,NULL);
INSERT INTO "sync_row_result" VALUES(17,0,-9223372036854775808,8853439091056761498,NULL);
INSERT INTO "sync_row_result" VALUES(18,0,-9223372036854775808,5204766035028897690,NULL);
INSERT INTO "sync_row_result" VALUES(19,0,-9223372036854775808,3513114399088916205,NULL);
INSERT INTO "sync_row_result" VALUES(20,0,-9223372036854775808,-4419705833679359083,NULL);
CREATE TABLE "sync_row_role"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_role" VALUES(1,0,-9223372036854775808,417293854335285698,NULL);
INSERT INTO "sync_row_role" VALUES(2,0,-9223372036854775808,8601286535258382952,NULL);
INSERT INTO "sync_row_role" VALUES(3,0,-9223372036854775808,-1310294963098086588,NULL);
INSERT INTO "sync_row_role" VALUES(4,0,-9223372036854775808,-447171544326575239,NULL);
INSERT INTO "sync_row_role" VALUES(5,0,-9223372036854775808,3630798844252558651,NULL);
INSERT INTO "sync_row_role" VALUES(6,0,-9223372036854775808,4542797894545536972,NULL);
INSERT INTO "sync_row_role" VALUES(7,0,-9223372036854775808,-4186588372145690669,NULL);
INSERT INTO "sync_row_role" VALUES(8,0,-9223372036854775808,8883844688152168998,NULL);
INSERT INTO "sync_row_role" VALUES(9,0,-9223372036854775808,-4064551436758271162,NULL);
INSERT INTO "sync_row_role" VALUES(10,0,-9223372036854775808,-1557521035413970911,NULL);
INSERT INTO "sync_row_role" VALUES(11,0,-9223372036854775808,2611911942813937942,NULL);
INSERT INTO "sync_row_role" VALUES(12,0,-9223372036854775808,4607988537344158447,NULL);
INSERT INTO "sync_row_role" VALUES(13,0,-9223372036854775808,8359562874869269209,NULL);
INSERT INTO "sync_row_role" VALUES(14,0,-9223372036854775808,-8095596854890664180,NULL);
INSERT INTO "sync_row_role" VALUES(15,0,-9223372036854775808,3963791902643109428,NULL);
INSERT INTO "sync_row_role" VALUES(16,0,-9223372036854775808,-6804979108430132052,NULL);
INSERT INTO "sync_row_role" VALUES(17,0,-9223372036854775808,160217617893027758,NULL);
INSERT INTO "sync_row_role" VALUES(18,0,-9223372036854775808,6397437730954118463,NULL);
INSERT INTO "sync_row_role" VALUES(19,0,-9223372036854775808,4880960447016494803,NULL);
INSERT INTO "sync_row_role" VALUES(20,0,-9223372036854775808,6508277022030615014,NULL);
INSERT INTO "sync_row_role" VALUES(21,0,-9223372036854775808,-1471971669173680470,NULL);
INSERT INTO "sync_row_role" VALUES(22,0,-9223372036854775808,2756881579785706332,NULL);
INSERT INTO "sync_row_role" VALUES(23,0,-9223372036854775808,3218554599634513864,NULL);
INSERT INTO "sync_row_role" VALUES(24,0,-9223372036854775808,612303071213204807,NULL);
INSERT INTO "sync_row_role" VALUES(25,0,-9223372036854775808,-358484798223057450,NULL);
INSERT INTO "sync_row_role" VALUES(26,0,-9223372036854775808,-537674499381598179,NULL);
INSERT INTO "sync_row_role" VALUES(27,0,-9223372036854775808,703808163475215944,NULL);
INSERT INTO "sync_row_role" VALUES(28,0,-9223372036854775808,-7826113179514675966,NULL);
INSERT INTO "sync_row_role" VALUES(29,0,-9223372036854775808,2035465280269152993,NULL);
INSERT INTO "sync_row_role" VALUES(30,0,-9223372036854775808,-229444355822702041,NULL);
INSERT INTO "sync_row_role" VALUES(31,0,-9223372036854775808,7012528114497197400,NULL);
INSERT INTO "sync_row_role" VALUES(32,0,-9223372036854775808,-6994384010147635926,NULL);
INSERT INTO "sync_row_role" VALUES(33,0,-9223372036854775808,-5888044255647136630,NULL);
INSERT INTO "sync_row_role" VALUES(34,0,-9223372036854775808,3831914954800867966,NULL);
INSERT INTO "sync_row_role" VALUES(35,0,-9223372036854775808,-2353808398620100916,NULL);
INSERT INTO "sync_row_role" VALUES(36,0,-9223372036854775808,1294472673332082558,NULL);
INSERT INTO "sync_row_role" VALUES(37,0,-9223372036854775808,-8283499785586657412,NULL);
INSERT INTO "sync_row_role" VALUES(38,0,-9223372036854775808,522071839784627492,NULL);
INSERT INTO "sync_row_role" VALUES(39,0,-9223372036854775808,-4450913866823373681,NULL);
INSERT INTO "sync_row_role" VALUES(40,0,-9223372036854775808,5848273205017883868,NULL);
INSERT INTO "sync_row_role" VALUES(41,0,-9223372036854775808,-8215059604140050134,NULL);
INSERT INTO "sync_row_role" VALUES(42,0,-9223372036854775808,3843951075489895892,NULL);
INSERT INTO "sync_row_role" VALUES(43,0,-9223372036854775808,-2754700092338033283,NULL);
INSERT INTO "sync_row_role" VALUES(44,0,-9223372036854775808,6375385807762818433,NULL);
CREATE TABLE "sync_row_session_indicator"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_session_indicator" VALUES(1,131073,117669708783157248,1617978944490055520,NULL);
CREATE TABLE "sync_row_training_session"(
  row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
  hash INTEGER NOT NULL, cells BLOB);
INSERT INTO "sync_row_training_session" VALUES(1,65537,117669708783157248,6366090026213254407,NULL);
CREATE TABLE sync_setting(
  name TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_setting" VALUES('acknowledged_sequence','3');
INSERT INTO "sync_setting" VALUES('central_epoch','8394f9ecd6e6ad29');
INSERT INTO "sync_setting" VALUES('central_log_number','4');
INSERT INTO "sync_setting" VALUES('last_audit','1795497266074');
INSERT INTO "sync_setting" VALUES('last_sync','1795497267818');
INSERT INTO "sync_setting" VALUES('last_sync_verified','true');
INSERT INTO "sync_setting" VALUES('released_knowledge','');
INSERT INTO "sync_setting" VALUES('schema_fingerprint','10074141046944798967');
INSERT INTO "sync_setting" VALUES('stable_knowledge','0a140a102cf1f2a3b2c7587f2302d35c74775b771006');
CREATE TABLE sync_table(
  no INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  row_count INTEGER NOT NULL DEFAULT 0,      -- rows shown, kept by sealing and merging
  digest_1 INTEGER NOT NULL DEFAULT 0,       -- sum of row hashes modulo 2^64
  digest_2 INTEGER NOT NULL DEFAULT 0        -- sum of their second mixing
) STRICT;
INSERT INTO "sync_table" VALUES(1,'office',6,-1792087330178885144,8258148219008170082);
INSERT INTO "sync_table" VALUES(2,'institution',67,-7268386836039648782,5247556123936750799);
INSERT INTO "sync_table" VALUES(3,'role',44,7344234352980187379,5473617507246539003);
INSERT INTO "sync_table" VALUES(4,'partner',9,4578431963678751035,8349582689821534571);
INSERT INTO "sync_table" VALUES(5,'component',3,-1827157623861081247,8708038612917222328);
INSERT INTO "sync_table" VALUES(6,'activity',12,-3180692875218486277,8168306560610245786);
INSERT INTO "sync_table" VALUES(7,'product',18,3136745350103957075,9086259303101753273);
INSERT INTO "sync_table" VALUES(8,'result',20,169345910651976066,-287874091278373799);
INSERT INTO "sync_table" VALUES(9,'indicator',86,-5864532296368235069,-2259513700165069827);
INSERT INTO "sync_table" VALUES(10,'indicator_role',68,7493908747137505227,-5935603983432478887);
INSERT INTO "sync_table" VALUES(11,'indicator_target',86,5751500516624200936,3179757740466248226);
INSERT INTO "sync_table" VALUES(12,'training_session',1,6366090026213254407,-5327288451633725878);
INSERT INTO "sync_table" VALUES(13,'session_indicator',1,1617978944490055520,2283134777830395772);
INSERT INTO "sync_table" VALUES(14,'participant',3,-2561793332942157757,8459947816371547516);
INSERT INTO "sync_table" VALUES(15,'attendance',2,-7499496760560318261,2955265650968618686);
INSERT INTO "sync_table" VALUES(16,'group_score',0,0,0);
INSERT INTO "sync_table" VALUES(17,'deliverable',0,0,0);
INSERT INTO "sync_table" VALUES(18,'measurement',32,-2933575613001076264,-2348284525858734514);
INSERT INTO "sync_table" VALUES(19,'person_link',0,0,0);
INSERT INTO "sync_table" VALUES(20,'period_close',0,0,0);
INSERT INTO "sync_table" VALUES(21,'period_text',0,0,0);
CREATE TABLE training_session(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  office_code TEXT NOT NULL REFERENCES office(code) DEFERRABLE INITIALLY DEFERRED,
  code TEXT NOT NULL,                   -- the office's own number, e.g. CUS-2019-014
  title TEXT NOT NULL,
  topic TEXT,
  kind TEXT CHECK (kind IN ('taller', 'curso', 'capacitacion', 'diplomado', 'mentoria', 'evento', 'asistencia_tecnica')),
  modality TEXT CHECK (modality IN ('presencial', 'virtual', 'mixta')),
  status TEXT CHECK (status IN ('planned', 'held', 'postponed', 'cancelled')),
  planned_on TEXT,
  starts_on TEXT,
  ends_on TEXT,
  hours REAL,
  department TEXT,
  province TEXT,
  district TEXT,
  venue TEXT,
  partner_code TEXT REFERENCES partner(code) DEFERRABLE INITIALLY DEFERRED,
  facilitator TEXT,
  notes TEXT
) STRICT;
INSERT INTO "training_session" VALUES('9bb837cf-1fec-41e6-a6ae-7b1ea5f86dc8','cusco','CUS-2020-001','Taller uno',NULL,'taller',NULL,'held',NULL,'2020-03-02',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "training_session" VALUES('8b17199b-90f4-4e1b-a006-adc44611befe','cusco','CUS-2020-002','Por enviar',NULL,NULL,NULL,'planned',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE web_decision(
  no INTEGER PRIMARY KEY,
  conflict_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  key TEXT NOT NULL,                    -- JSON array
  column_name TEXT,                     -- null: about a deletion
  kind TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('current', 'other', 'value')),
  value_before ANY,
  value_after ANY,
  value_other ANY,
  office_before TEXT,
  office_other TEXT,
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  undone_by TEXT,
  undone_at INTEGER,
  settled_at INTEGER                    -- decided again after it was undone
) STRICT;
CREATE TABLE web_draft(
  user_name TEXT NOT NULL COLLATE NOCASE,
  form TEXT NOT NULL,                   -- as session/ID
  content TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (user_name, form)
) STRICT, WITHOUT ROWID;
CREATE TABLE web_key(
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  key BLOB NOT NULL
) STRICT;
CREATE TABLE web_session(
  hash BLOB NOT NULL PRIMARY KEY,
  user_name TEXT NOT NULL COLLATE NOCASE,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE web_user(
  name TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  full_name TEXT NOT NULL,
  roles TEXT NOT NULL,                  -- registrar coordinator me_officer administrator auditor, with spaces between
  password TEXT NOT NULL,               -- scrypt$N$r$p$salt$hash
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_changeset_by_counter ON sync_changeset(node_no, first_counter);
CREATE INDEX sync_changeset_held ON sync_changeset(state) WHERE state = 'held';
CREATE INDEX sync_conflict_open ON sync_conflict(table_no, key) WHERE state = 'open';
CREATE INDEX training_session_by_code ON training_session(office_code, code);
CREATE INDEX session_indicator_by_indicator ON session_indicator(indicator_id);
CREATE INDEX participant_by_document ON participant(document_number);
CREATE INDEX attendance_by_participant ON attendance(participant_id);
CREATE INDEX deliverable_by_indicator ON deliverable(indicator_id);
CREATE INDEX deliverable_by_code ON deliverable(office_code, code);
CREATE INDEX person_link_by_participant ON person_link(participant_id);
CREATE INDEX person_link_by_same_as ON person_link(same_as);
CREATE INDEX web_decision_by_conflict ON web_decision(conflict_id);
CREATE INDEX period_text_by_office ON period_text(office_code);
CREATE TRIGGER "sync_capture_office_insert" AFTER INSERT ON "office" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (1, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_office_replace" BEFORE INSERT ON "office"
WHEN EXISTS (SELECT 1 FROM "office" WHERE "office"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_office"("code", "name_es", "name_en", "kind", "inei_department") SELECT "code", "name_es", "name_en", "kind", "inei_department" FROM "office" WHERE "office"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (1, (SELECT rowid FROM "office" WHERE "office"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_office_move" AFTER UPDATE ON "office" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_office"("code", "name_es", "name_en", "kind", "inei_department") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."kind", OLD."inei_department");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (1, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (1, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_office_delete" AFTER DELETE ON "office" BEGIN
  INSERT INTO "sync_old_office"("code", "name_es", "name_en", "kind", "inei_department") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."kind", OLD."inei_department");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (1, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_office_update" AFTER UPDATE ON "office"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."kind" IS NOT OLD."kind") << 2) | ((NEW."inei_department" IS NOT OLD."inei_department") << 3)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (1, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."kind" IS NOT OLD."kind") << 2) | ((NEW."inei_department" IS NOT OLD."inei_department") << 3), julianday('now'));
END;
CREATE TRIGGER "sync_capture_institution_insert" AFTER INSERT ON "institution" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (2, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_institution_replace" BEFORE INSERT ON "institution"
WHEN EXISTS (SELECT 1 FROM "institution" WHERE "institution"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_institution"("code", "acronym", "name_es", "name_en", "kind", "parent") SELECT "code", "acronym", "name_es", "name_en", "kind", "parent" FROM "institution" WHERE "institution"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (2, (SELECT rowid FROM "institution" WHERE "institution"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_institution_move" AFTER UPDATE ON "institution" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_institution"("code", "acronym", "name_es", "name_en", "kind", "parent") VALUES (OLD."code", OLD."acronym", OLD."name_es", OLD."name_en", OLD."kind", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (2, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (2, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_institution_delete" AFTER DELETE ON "institution" BEGIN
  INSERT INTO "sync_old_institution"("code", "acronym", "name_es", "name_en", "kind", "parent") VALUES (OLD."code", OLD."acronym", OLD."name_es", OLD."name_en", OLD."kind", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (2, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_institution_update" AFTER UPDATE ON "institution"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."acronym" IS NOT OLD."acronym") << 0) | ((NEW."name_es" IS NOT OLD."name_es") << 1) | ((NEW."name_en" IS NOT OLD."name_en") << 2) | ((NEW."kind" IS NOT OLD."kind") << 3) | ((NEW."parent" IS NOT OLD."parent") << 4)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (2, NEW.rowid, ((NEW."acronym" IS NOT OLD."acronym") << 0) | ((NEW."name_es" IS NOT OLD."name_es") << 1) | ((NEW."name_en" IS NOT OLD."name_en") << 2) | ((NEW."kind" IS NOT OLD."kind") << 3) | ((NEW."parent" IS NOT OLD."parent") << 4), julianday('now'));
END;
CREATE TRIGGER "sync_capture_role_insert" AFTER INSERT ON "role" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (3, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_role_replace" BEFORE INSERT ON "role"
WHEN EXISTS (SELECT 1 FROM "role" WHERE "role"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_role"("code", "name_es", "name_en", "authority_type", "parent") SELECT "code", "name_es", "name_en", "authority_type", "parent" FROM "role" WHERE "role"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (3, (SELECT rowid FROM "role" WHERE "role"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_role_move" AFTER UPDATE ON "role" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_role"("code", "name_es", "name_en", "authority_type", "parent") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."authority_type", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (3, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (3, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_role_delete" AFTER DELETE ON "role" BEGIN
  INSERT INTO "sync_old_role"("code", "name_es", "name_en", "authority_type", "parent") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."authority_type", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (3, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_role_update" AFTER UPDATE ON "role"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."authority_type" IS NOT OLD."authority_type") << 2) | ((NEW."parent" IS NOT OLD."parent") << 3)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (3, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."authority_type" IS NOT OLD."authority_type") << 2) | ((NEW."parent" IS NOT OLD."parent") << 3), julianday('now'));
END;
CREATE TRIGGER "sync_capture_partner_insert" AFTER INSERT ON "partner" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (4, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_partner_replace" BEFORE INSERT ON "partner"
WHEN EXISTS (SELECT 1 FROM "partner" WHERE "partner"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_partner"("code", "name_es", "name_en", "kind", "parent") SELECT "code", "name_es", "name_en", "kind", "parent" FROM "partner" WHERE "partner"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (4, (SELECT rowid FROM "partner" WHERE "partner"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_partner_move" AFTER UPDATE ON "partner" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_partner"("code", "name_es", "name_en", "kind", "parent") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."kind", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (4, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (4, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_partner_delete" AFTER DELETE ON "partner" BEGIN
  INSERT INTO "sync_old_partner"("code", "name_es", "name_en", "kind", "parent") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."kind", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (4, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_partner_update" AFTER UPDATE ON "partner"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."kind" IS NOT OLD."kind") << 2) | ((NEW."parent" IS NOT OLD."parent") << 3)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (4, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."kind" IS NOT OLD."kind") << 2) | ((NEW."parent" IS NOT OLD."parent") << 3), julianday('now'));
END;
CREATE TRIGGER "sync_capture_component_insert" AFTER INSERT ON "component" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (5, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_component_replace" BEFORE INSERT ON "component"
WHEN EXISTS (SELECT 1 FROM "component" WHERE "component"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_component"("code", "name_es", "name_en", "parent") SELECT "code", "name_es", "name_en", "parent" FROM "component" WHERE "component"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (5, (SELECT rowid FROM "component" WHERE "component"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_component_move" AFTER UPDATE ON "component" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_component"("code", "name_es", "name_en", "parent") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (5, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (5, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_component_delete" AFTER DELETE ON "component" BEGIN
  INSERT INTO "sync_old_component"("code", "name_es", "name_en", "parent") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (5, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_component_update" AFTER UPDATE ON "component"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (5, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2), julianday('now'));
END;
CREATE TRIGGER "sync_capture_activity_insert" AFTER INSERT ON "activity" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (6, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_activity_replace" BEFORE INSERT ON "activity"
WHEN EXISTS (SELECT 1 FROM "activity" WHERE "activity"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_activity"("code", "name_es", "name_en", "parent", "owner") SELECT "code", "name_es", "name_en", "parent", "owner" FROM "activity" WHERE "activity"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (6, (SELECT rowid FROM "activity" WHERE "activity"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_activity_move" AFTER UPDATE ON "activity" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_activity"("code", "name_es", "name_en", "parent", "owner") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent", OLD."owner");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (6, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (6, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_activity_delete" AFTER DELETE ON "activity" BEGIN
  INSERT INTO "sync_old_activity"("code", "name_es", "name_en", "parent", "owner") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent", OLD."owner");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (6, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_activity_update" AFTER UPDATE ON "activity"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."owner" IS NOT OLD."owner") << 3)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (6, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."owner" IS NOT OLD."owner") << 3), julianday('now'));
END;
CREATE TRIGGER "sync_capture_product_insert" AFTER INSERT ON "product" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (7, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_product_replace" BEFORE INSERT ON "product"
WHEN EXISTS (SELECT 1 FROM "product" WHERE "product"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_product"("code", "name_es", "name_en", "parent", "activity_code", "owner") SELECT "code", "name_es", "name_en", "parent", "activity_code", "owner" FROM "product" WHERE "product"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (7, (SELECT rowid FROM "product" WHERE "product"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_product_move" AFTER UPDATE ON "product" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_product"("code", "name_es", "name_en", "parent", "activity_code", "owner") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent", OLD."activity_code", OLD."owner");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (7, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (7, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_product_delete" AFTER DELETE ON "product" BEGIN
  INSERT INTO "sync_old_product"("code", "name_es", "name_en", "parent", "activity_code", "owner") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent", OLD."activity_code", OLD."owner");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (7, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_product_update" AFTER UPDATE ON "product"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."activity_code" IS NOT OLD."activity_code") << 3) | ((NEW."owner" IS NOT OLD."owner") << 4)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (7, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."activity_code" IS NOT OLD."activity_code") << 3) | ((NEW."owner" IS NOT OLD."owner") << 4), julianday('now'));
END;
CREATE TRIGGER "sync_capture_result_insert" AFTER INSERT ON "result" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (8, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_result_replace" BEFORE INSERT ON "result"
WHEN EXISTS (SELECT 1 FROM "result" WHERE "result"."code" = NEW."code") BEGIN
  INSERT INTO "sync_old_result"("code", "name_es", "name_en", "parent", "activity_code", "product_code") SELECT "code", "name_es", "name_en", "parent", "activity_code", "product_code" FROM "result" WHERE "result"."code" = NEW."code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (8, (SELECT rowid FROM "result" WHERE "result"."code" = NEW."code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_result_move" AFTER UPDATE ON "result" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code" BEGIN
  INSERT INTO "sync_old_result"("code", "name_es", "name_en", "parent", "activity_code", "product_code") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent", OLD."activity_code", OLD."product_code");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (8, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (8, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_result_delete" AFTER DELETE ON "result" BEGIN
  INSERT INTO "sync_old_result"("code", "name_es", "name_en", "parent", "activity_code", "product_code") VALUES (OLD."code", OLD."name_es", OLD."name_en", OLD."parent", OLD."activity_code", OLD."product_code");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (8, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_result_update" AFTER UPDATE ON "result"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."code" IS NOT OLD."code") AND (((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."activity_code" IS NOT OLD."activity_code") << 3) | ((NEW."product_code" IS NOT OLD."product_code") << 4)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (8, NEW.rowid, ((NEW."name_es" IS NOT OLD."name_es") << 0) | ((NEW."name_en" IS NOT OLD."name_en") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."activity_code" IS NOT OLD."activity_code") << 3) | ((NEW."product_code" IS NOT OLD."product_code") << 4), julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_insert" AFTER INSERT ON "indicator" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (9, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_replace" BEFORE INSERT ON "indicator"
WHEN EXISTS (SELECT 1 FROM "indicator" WHERE "indicator"."id" = NEW."id") BEGIN
  INSERT INTO "sync_old_indicator"("id", "level", "code", "parent", "name_es", "name_en", "unit", "computation", "filter", "baseline", "baseline_state", "owner", "is_key", "retired_on") SELECT "id", "level", "code", "parent", "name_es", "name_en", "unit", "computation", "filter", "baseline", "baseline_state", "owner", "is_key", "retired_on" FROM "indicator" WHERE "indicator"."id" = NEW."id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (9, (SELECT rowid FROM "indicator" WHERE "indicator"."id" = NEW."id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_indicator_move" AFTER UPDATE ON "indicator" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id" BEGIN
  INSERT INTO "sync_old_indicator"("id", "level", "code", "parent", "name_es", "name_en", "unit", "computation", "filter", "baseline", "baseline_state", "owner", "is_key", "retired_on") VALUES (OLD."id", OLD."level", OLD."code", OLD."parent", OLD."name_es", OLD."name_en", OLD."unit", OLD."computation", OLD."filter", OLD."baseline", OLD."baseline_state", OLD."owner", OLD."is_key", OLD."retired_on");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (9, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (9, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_delete" AFTER DELETE ON "indicator" BEGIN
  INSERT INTO "sync_old_indicator"("id", "level", "code", "parent", "name_es", "name_en", "unit", "computation", "filter", "baseline", "baseline_state", "owner", "is_key", "retired_on") VALUES (OLD."id", OLD."level", OLD."code", OLD."parent", OLD."name_es", OLD."name_en", OLD."unit", OLD."computation", OLD."filter", OLD."baseline", OLD."baseline_state", OLD."owner", OLD."is_key", OLD."retired_on");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (9, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_indicator_update" AFTER UPDATE ON "indicator"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id") AND (((NEW."level" IS NOT OLD."level") << 0) | ((NEW."code" IS NOT OLD."code") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."name_es" IS NOT OLD."name_es") << 3) | ((NEW."name_en" IS NOT OLD."name_en") << 4) | ((NEW."unit" IS NOT OLD."unit") << 5) | ((NEW."computation" IS NOT OLD."computation") << 6) | ((NEW."filter" IS NOT OLD."filter") << 7) | ((NEW."baseline" IS NOT OLD."baseline") << 8) | ((NEW."baseline_state" IS NOT OLD."baseline_state") << 9) | ((NEW."owner" IS NOT OLD."owner") << 10) | ((NEW."is_key" IS NOT OLD."is_key") << 11) | ((NEW."retired_on" IS NOT OLD."retired_on") << 12)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (9, NEW.rowid, ((NEW."level" IS NOT OLD."level") << 0) | ((NEW."code" IS NOT OLD."code") << 1) | ((NEW."parent" IS NOT OLD."parent") << 2) | ((NEW."name_es" IS NOT OLD."name_es") << 3) | ((NEW."name_en" IS NOT OLD."name_en") << 4) | ((NEW."unit" IS NOT OLD."unit") << 5) | ((NEW."computation" IS NOT OLD."computation") << 6) | ((NEW."filter" IS NOT OLD."filter") << 7) | ((NEW."baseline" IS NOT OLD."baseline") << 8) | ((NEW."baseline_state" IS NOT OLD."baseline_state") << 9) | ((NEW."owner" IS NOT OLD."owner") << 10) | ((NEW."is_key" IS NOT OLD."is_key") << 11) | ((NEW."retired_on" IS NOT OLD."retired_on") << 12), julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_role_insert" AFTER INSERT ON "indicator_role" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (10, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_role_replace" BEFORE INSERT ON "indicator_role"
WHEN EXISTS (SELECT 1 FROM "indicator_role" WHERE "indicator_role"."indicator_id" = NEW."indicator_id" AND "indicator_role"."role_code" = NEW."role_code") BEGIN
  INSERT INTO "sync_old_indicator_role"("indicator_id", "role_code") SELECT "indicator_id", "role_code" FROM "indicator_role" WHERE "indicator_role"."indicator_id" = NEW."indicator_id" AND "indicator_role"."role_code" = NEW."role_code";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (10, (SELECT rowid FROM "indicator_role" WHERE "indicator_role"."indicator_id" = NEW."indicator_id" AND "indicator_role"."role_code" = NEW."role_code"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_indicator_role_move" AFTER UPDATE ON "indicator_role" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."indicator_id" IS NOT OLD."indicator_id" OR NEW."role_code" IS NOT OLD."role_code" BEGIN
  INSERT INTO "sync_old_indicator_role"("indicator_id", "role_code") VALUES (OLD."indicator_id", OLD."role_code");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (10, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (10, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_role_delete" AFTER DELETE ON "indicator_role" BEGIN
  INSERT INTO "sync_old_indicator_role"("indicator_id", "role_code") VALUES (OLD."indicator_id", OLD."role_code");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (10, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_indicator_target_insert" AFTER INSERT ON "indicator_target" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (11, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_target_replace" BEFORE INSERT ON "indicator_target"
WHEN EXISTS (SELECT 1 FROM "indicator_target" WHERE "indicator_target"."indicator_id" = NEW."indicator_id" AND "indicator_target"."valid_from" = NEW."valid_from") BEGIN
  INSERT INTO "sync_old_indicator_target"("indicator_id", "valid_from", "target", "note") SELECT "indicator_id", "valid_from", "target", "note" FROM "indicator_target" WHERE "indicator_target"."indicator_id" = NEW."indicator_id" AND "indicator_target"."valid_from" = NEW."valid_from";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (11, (SELECT rowid FROM "indicator_target" WHERE "indicator_target"."indicator_id" = NEW."indicator_id" AND "indicator_target"."valid_from" = NEW."valid_from"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_indicator_target_move" AFTER UPDATE ON "indicator_target" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."indicator_id" IS NOT OLD."indicator_id" OR NEW."valid_from" IS NOT OLD."valid_from" BEGIN
  INSERT INTO "sync_old_indicator_target"("indicator_id", "valid_from", "target", "note") VALUES (OLD."indicator_id", OLD."valid_from", OLD."target", OLD."note");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (11, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (11, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_indicator_target_delete" AFTER DELETE ON "indicator_target" BEGIN
  INSERT INTO "sync_old_indicator_target"("indicator_id", "valid_from", "target", "note") VALUES (OLD."indicator_id", OLD."valid_from", OLD."target", OLD."note");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (11, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_indicator_target_update" AFTER UPDATE ON "indicator_target"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."indicator_id" IS NOT OLD."indicator_id" OR NEW."valid_from" IS NOT OLD."valid_from") AND (((NEW."target" IS NOT OLD."target") << 0) | ((NEW."note" IS NOT OLD."note") << 1)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (11, NEW.rowid, ((NEW."target" IS NOT OLD."target") << 0) | ((NEW."note" IS NOT OLD."note") << 1), julianday('now'));
END;
CREATE TRIGGER "sync_capture_training_session_insert" AFTER INSERT ON "training_session" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (12, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_training_session_replace" BEFORE INSERT ON "training_session"
WHEN EXISTS (SELECT 1 FROM "training_session" WHERE "training_session"."id" = NEW."id") BEGIN
  INSERT INTO "sync_old_training_session"("id", "office_code", "code", "title", "topic", "kind", "modality", "status", "planned_on", "starts_on", "ends_on", "hours", "department", "province", "district", "venue", "partner_code", "facilitator", "notes") SELECT "id", "office_code", "code", "title", "topic", "kind", "modality", "status", "planned_on", "starts_on", "ends_on", "hours", "department", "province", "district", "venue", "partner_code", "facilitator", "notes" FROM "training_session" WHERE "training_session"."id" = NEW."id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (12, (SELECT rowid FROM "training_session" WHERE "training_session"."id" = NEW."id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_training_session_move" AFTER UPDATE ON "training_session" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id" BEGIN
  INSERT INTO "sync_old_training_session"("id", "office_code", "code", "title", "topic", "kind", "modality", "status", "planned_on", "starts_on", "ends_on", "hours", "department", "province", "district", "venue", "partner_code", "facilitator", "notes") VALUES (OLD."id", OLD."office_code", OLD."code", OLD."title", OLD."topic", OLD."kind", OLD."modality", OLD."status", OLD."planned_on", OLD."starts_on", OLD."ends_on", OLD."hours", OLD."department", OLD."province", OLD."district", OLD."venue", OLD."partner_code", OLD."facilitator", OLD."notes");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (12, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (12, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_training_session_delete" AFTER DELETE ON "training_session" BEGIN
  INSERT INTO "sync_old_training_session"("id", "office_code", "code", "title", "topic", "kind", "modality", "status", "planned_on", "starts_on", "ends_on", "hours", "department", "province", "district", "venue", "partner_code", "facilitator", "notes") VALUES (OLD."id", OLD."office_code", OLD."code", OLD."title", OLD."topic", OLD."kind", OLD."modality", OLD."status", OLD."planned_on", OLD."starts_on", OLD."ends_on", OLD."hours", OLD."department", OLD."province", OLD."district", OLD."venue", OLD."partner_code", OLD."facilitator", OLD."notes");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (12, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_training_session_update" AFTER UPDATE ON "training_session"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id") AND (((NEW."office_code" IS NOT OLD."office_code") << 0) | ((NEW."code" IS NOT OLD."code") << 1) | ((NEW."title" IS NOT OLD."title") << 2) | ((NEW."topic" IS NOT OLD."topic") << 3) | ((NEW."kind" IS NOT OLD."kind") << 4) | ((NEW."modality" IS NOT OLD."modality") << 5) | ((NEW."status" IS NOT OLD."status") << 6) | ((NEW."planned_on" IS NOT OLD."planned_on") << 7) | ((NEW."starts_on" IS NOT OLD."starts_on") << 8) | ((NEW."ends_on" IS NOT OLD."ends_on") << 9) | ((NEW."hours" IS NOT OLD."hours") << 10) | ((NEW."department" IS NOT OLD."department") << 11) | ((NEW."province" IS NOT OLD."province") << 12) | ((NEW."district" IS NOT OLD."district") << 13) | ((NEW."venue" IS NOT OLD."venue") << 14) | ((NEW."partner_code" IS NOT OLD."partner_code") << 15) | ((NEW."facilitator" IS NOT OLD."facilitator") << 16) | ((NEW."notes" IS NOT OLD."notes") << 17)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (12, NEW.rowid, ((NEW."office_code" IS NOT OLD."office_code") << 0) | ((NEW."code" IS NOT OLD."code") << 1) | ((NEW."title" IS NOT OLD."title") << 2) | ((NEW."topic" IS NOT OLD."topic") << 3) | ((NEW."kind" IS NOT OLD."kind") << 4) | ((NEW."modality" IS NOT OLD."modality") << 5) | ((NEW."status" IS NOT OLD."status") << 6) | ((NEW."planned_on" IS NOT OLD."planned_on") << 7) | ((NEW."starts_on" IS NOT OLD."starts_on") << 8) | ((NEW."ends_on" IS NOT OLD."ends_on") << 9) | ((NEW."hours" IS NOT OLD."hours") << 10) | ((NEW."department" IS NOT OLD."department") << 11) | ((NEW."province" IS NOT OLD."province") << 12) | ((NEW."district" IS NOT OLD."district") << 13) | ((NEW."venue" IS NOT OLD."venue") << 14) | ((NEW."partner_code" IS NOT OLD."partner_code") << 15) | ((NEW."facilitator" IS NOT OLD."facilitator") << 16) | ((NEW."notes" IS NOT OLD."notes") << 17), julianday('now'));
END;
CREATE TRIGGER "sync_capture_session_indicator_insert" AFTER INSERT ON "session_indicator" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (13, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_session_indicator_replace" BEFORE INSERT ON "session_indicator"
WHEN EXISTS (SELECT 1 FROM "session_indicator" WHERE "session_indicator"."session_id" = NEW."session_id" AND "session_indicator"."indicator_id" = NEW."indicator_id") BEGIN
  INSERT INTO "sync_old_session_indicator"("session_id", "indicator_id") SELECT "session_id", "indicator_id" FROM "session_indicator" WHERE "session_indicator"."session_id" = NEW."session_id" AND "session_indicator"."indicator_id" = NEW."indicator_id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (13, (SELECT rowid FROM "session_indicator" WHERE "session_indicator"."session_id" = NEW."session_id" AND "session_indicator"."indicator_id" = NEW."indicator_id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_session_indicator_move" AFTER UPDATE ON "session_indicator" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."session_id" IS NOT OLD."session_id" OR NEW."indicator_id" IS NOT OLD."indicator_id" BEGIN
  INSERT INTO "sync_old_session_indicator"("session_id", "indicator_id") VALUES (OLD."session_id", OLD."indicator_id");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (13, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (13, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_session_indicator_delete" AFTER DELETE ON "session_indicator" BEGIN
  INSERT INTO "sync_old_session_indicator"("session_id", "indicator_id") VALUES (OLD."session_id", OLD."indicator_id");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (13, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_participant_insert" AFTER INSERT ON "participant" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (14, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_participant_replace" BEFORE INSERT ON "participant"
WHEN EXISTS (SELECT 1 FROM "participant" WHERE "participant"."id" = NEW."id") BEGIN
  INSERT INTO "sync_old_participant"("id", "document_type", "document_number", "paternal_surname", "maternal_surname", "given_names", "sex", "institution_code", "role_code", "workplace", "department", "phone", "email", "notes") SELECT "id", "document_type", "document_number", "paternal_surname", "maternal_surname", "given_names", "sex", "institution_code", "role_code", "workplace", "department", "phone", "email", "notes" FROM "participant" WHERE "participant"."id" = NEW."id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (14, (SELECT rowid FROM "participant" WHERE "participant"."id" = NEW."id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_participant_move" AFTER UPDATE ON "participant" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id" BEGIN
  INSERT INTO "sync_old_participant"("id", "document_type", "document_number", "paternal_surname", "maternal_surname", "given_names", "sex", "institution_code", "role_code", "workplace", "department", "phone", "email", "notes") VALUES (OLD."id", OLD."document_type", OLD."document_number", OLD."paternal_surname", OLD."maternal_surname", OLD."given_names", OLD."sex", OLD."institution_code", OLD."role_code", OLD."workplace", OLD."department", OLD."phone", OLD."email", OLD."notes");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (14, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (14, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_participant_delete" AFTER DELETE ON "participant" BEGIN
  INSERT INTO "sync_old_participant"("id", "document_type", "document_number", "paternal_surname", "maternal_surname", "given_names", "sex", "institution_code", "role_code", "workplace", "department", "phone", "email", "notes") VALUES (OLD."id", OLD."document_type", OLD."document_number", OLD."paternal_surname", OLD."maternal_surname", OLD."given_names", OLD."sex", OLD."institution_code", OLD."role_code", OLD."workplace", OLD."department", OLD."phone", OLD."email", OLD."notes");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (14, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_participant_update" AFTER UPDATE ON "participant"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id") AND (((NEW."document_type" IS NOT OLD."document_type") << 0) | ((NEW."document_number" IS NOT OLD."document_number") << 1) | ((NEW."paternal_surname" IS NOT OLD."paternal_surname") << 2) | ((NEW."maternal_surname" IS NOT OLD."maternal_surname") << 3) | ((NEW."given_names" IS NOT OLD."given_names") << 4) | ((NEW."sex" IS NOT OLD."sex") << 5) | ((NEW."institution_code" IS NOT OLD."institution_code") << 6) | ((NEW."role_code" IS NOT OLD."role_code") << 7) | ((NEW."workplace" IS NOT OLD."workplace") << 8) | ((NEW."department" IS NOT OLD."department") << 9) | ((NEW."phone" IS NOT OLD."phone") << 10) | ((NEW."email" IS NOT OLD."email") << 11) | ((NEW."notes" IS NOT OLD."notes") << 12)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (14, NEW.rowid, ((NEW."document_type" IS NOT OLD."document_type") << 0) | ((NEW."document_number" IS NOT OLD."document_number") << 1) | ((NEW."paternal_surname" IS NOT OLD."paternal_surname") << 2) | ((NEW."maternal_surname" IS NOT OLD."maternal_surname") << 3) | ((NEW."given_names" IS NOT OLD."given_names") << 4) | ((NEW."sex" IS NOT OLD."sex") << 5) | ((NEW."institution_code" IS NOT OLD."institution_code") << 6) | ((NEW."role_code" IS NOT OLD."role_code") << 7) | ((NEW."workplace" IS NOT OLD."workplace") << 8) | ((NEW."department" IS NOT OLD."department") << 9) | ((NEW."phone" IS NOT OLD."phone") << 10) | ((NEW."email" IS NOT OLD."email") << 11) | ((NEW."notes" IS NOT OLD."notes") << 12), julianday('now'));
END;
CREATE TRIGGER "sync_capture_attendance_insert" AFTER INSERT ON "attendance" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (15, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_attendance_replace" BEFORE INSERT ON "attendance"
WHEN EXISTS (SELECT 1 FROM "attendance" WHERE "attendance"."session_id" = NEW."session_id" AND "attendance"."participant_id" = NEW."participant_id") BEGIN
  INSERT INTO "sync_old_attendance"("session_id", "participant_id", "institution_code", "role_code", "workplace", "completed", "pre_score", "post_score", "score_scale", "notes") SELECT "session_id", "participant_id", "institution_code", "role_code", "workplace", "completed", "pre_score", "post_score", "score_scale", "notes" FROM "attendance" WHERE "attendance"."session_id" = NEW."session_id" AND "attendance"."participant_id" = NEW."participant_id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (15, (SELECT rowid FROM "attendance" WHERE "attendance"."session_id" = NEW."session_id" AND "attendance"."participant_id" = NEW."participant_id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_attendance_move" AFTER UPDATE ON "attendance" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."session_id" IS NOT OLD."session_id" OR NEW."participant_id" IS NOT OLD."participant_id" BEGIN
  INSERT INTO "sync_old_attendance"("session_id", "participant_id", "institution_code", "role_code", "workplace", "completed", "pre_score", "post_score", "score_scale", "notes") VALUES (OLD."session_id", OLD."participant_id", OLD."institution_code", OLD."role_code", OLD."workplace", OLD."completed", OLD."pre_score", OLD."post_score", OLD."score_scale", OLD."notes");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (15, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (15, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_attendance_delete" AFTER DELETE ON "attendance" BEGIN
  INSERT INTO "sync_old_attendance"("session_id", "participant_id", "institution_code", "role_code", "workplace", "completed", "pre_score", "post_score", "score_scale", "notes") VALUES (OLD."session_id", OLD."participant_id", OLD."institution_code", OLD."role_code", OLD."workplace", OLD."completed", OLD."pre_score", OLD."post_score", OLD."score_scale", OLD."notes");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (15, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_attendance_update" AFTER UPDATE ON "attendance"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."session_id" IS NOT OLD."session_id" OR NEW."participant_id" IS NOT OLD."participant_id") AND (((NEW."institution_code" IS NOT OLD."institution_code") << 0) | ((NEW."role_code" IS NOT OLD."role_code") << 1) | ((NEW."workplace" IS NOT OLD."workplace") << 2) | ((NEW."completed" IS NOT OLD."completed") << 3) | ((NEW."pre_score" IS NOT OLD."pre_score") << 4) | ((NEW."post_score" IS NOT OLD."post_score") << 5) | ((NEW."score_scale" IS NOT OLD."score_scale") << 6) | ((NEW."notes" IS NOT OLD."notes") << 7)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (15, NEW.rowid, ((NEW."institution_code" IS NOT OLD."institution_code") << 0) | ((NEW."role_code" IS NOT OLD."role_code") << 1) | ((NEW."workplace" IS NOT OLD."workplace") << 2) | ((NEW."completed" IS NOT OLD."completed") << 3) | ((NEW."pre_score" IS NOT OLD."pre_score") << 4) | ((NEW."post_score" IS NOT OLD."post_score") << 5) | ((NEW."score_scale" IS NOT OLD."score_scale") << 6) | ((NEW."notes" IS NOT OLD."notes") << 7), julianday('now'));
END;
CREATE TRIGGER "sync_capture_group_score_insert" AFTER INSERT ON "group_score" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (16, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_group_score_replace" BEFORE INSERT ON "group_score"
WHEN EXISTS (SELECT 1 FROM "group_score" WHERE "group_score"."session_id" = NEW."session_id" AND "group_score"."group_label" = NEW."group_label") BEGIN
  INSERT INTO "sync_old_group_score"("session_id", "group_label", "department", "n_both", "pre_mean", "post_mean") SELECT "session_id", "group_label", "department", "n_both", "pre_mean", "post_mean" FROM "group_score" WHERE "group_score"."session_id" = NEW."session_id" AND "group_score"."group_label" = NEW."group_label";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (16, (SELECT rowid FROM "group_score" WHERE "group_score"."session_id" = NEW."session_id" AND "group_score"."group_label" = NEW."group_label"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_group_score_move" AFTER UPDATE ON "group_score" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."session_id" IS NOT OLD."session_id" OR NEW."group_label" IS NOT OLD."group_label" BEGIN
  INSERT INTO "sync_old_group_score"("session_id", "group_label", "department", "n_both", "pre_mean", "post_mean") VALUES (OLD."session_id", OLD."group_label", OLD."department", OLD."n_both", OLD."pre_mean", OLD."post_mean");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (16, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (16, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_group_score_delete" AFTER DELETE ON "group_score" BEGIN
  INSERT INTO "sync_old_group_score"("session_id", "group_label", "department", "n_both", "pre_mean", "post_mean") VALUES (OLD."session_id", OLD."group_label", OLD."department", OLD."n_both", OLD."pre_mean", OLD."post_mean");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (16, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_group_score_update" AFTER UPDATE ON "group_score"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."session_id" IS NOT OLD."session_id" OR NEW."group_label" IS NOT OLD."group_label") AND (((NEW."department" IS NOT OLD."department") << 0) | ((NEW."n_both" IS NOT OLD."n_both") << 1) | ((NEW."pre_mean" IS NOT OLD."pre_mean") << 2) | ((NEW."post_mean" IS NOT OLD."post_mean") << 3)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (16, NEW.rowid, ((NEW."department" IS NOT OLD."department") << 0) | ((NEW."n_both" IS NOT OLD."n_both") << 1) | ((NEW."pre_mean" IS NOT OLD."pre_mean") << 2) | ((NEW."post_mean" IS NOT OLD."post_mean") << 3), julianday('now'));
END;
CREATE TRIGGER "sync_capture_deliverable_insert" AFTER INSERT ON "deliverable" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (17, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_deliverable_replace" BEFORE INSERT ON "deliverable"
WHEN EXISTS (SELECT 1 FROM "deliverable" WHERE "deliverable"."id" = NEW."id") BEGIN
  INSERT INTO "sync_old_deliverable"("id", "code", "indicator_id", "office_code", "title", "status", "delivered_on", "quantity", "evidence") SELECT "id", "code", "indicator_id", "office_code", "title", "status", "delivered_on", "quantity", "evidence" FROM "deliverable" WHERE "deliverable"."id" = NEW."id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (17, (SELECT rowid FROM "deliverable" WHERE "deliverable"."id" = NEW."id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_deliverable_move" AFTER UPDATE ON "deliverable" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id" BEGIN
  INSERT INTO "sync_old_deliverable"("id", "code", "indicator_id", "office_code", "title", "status", "delivered_on", "quantity", "evidence") VALUES (OLD."id", OLD."code", OLD."indicator_id", OLD."office_code", OLD."title", OLD."status", OLD."delivered_on", OLD."quantity", OLD."evidence");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (17, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (17, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_deliverable_delete" AFTER DELETE ON "deliverable" BEGIN
  INSERT INTO "sync_old_deliverable"("id", "code", "indicator_id", "office_code", "title", "status", "delivered_on", "quantity", "evidence") VALUES (OLD."id", OLD."code", OLD."indicator_id", OLD."office_code", OLD."title", OLD."status", OLD."delivered_on", OLD."quantity", OLD."evidence");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (17, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_deliverable_update" AFTER UPDATE ON "deliverable"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id") AND (((NEW."code" IS NOT OLD."code") << 0) | ((NEW."indicator_id" IS NOT OLD."indicator_id") << 1) | ((NEW."office_code" IS NOT OLD."office_code") << 2) | ((NEW."title" IS NOT OLD."title") << 3) | ((NEW."status" IS NOT OLD."status") << 4) | ((NEW."delivered_on" IS NOT OLD."delivered_on") << 5) | ((NEW."quantity" IS NOT OLD."quantity") << 6) | ((NEW."evidence" IS NOT OLD."evidence") << 7)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (17, NEW.rowid, ((NEW."code" IS NOT OLD."code") << 0) | ((NEW."indicator_id" IS NOT OLD."indicator_id") << 1) | ((NEW."office_code" IS NOT OLD."office_code") << 2) | ((NEW."title" IS NOT OLD."title") << 3) | ((NEW."status" IS NOT OLD."status") << 4) | ((NEW."delivered_on" IS NOT OLD."delivered_on") << 5) | ((NEW."quantity" IS NOT OLD."quantity") << 6) | ((NEW."evidence" IS NOT OLD."evidence") << 7), julianday('now'));
END;
CREATE TRIGGER "sync_capture_measurement_insert" AFTER INSERT ON "measurement" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (18, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_measurement_replace" BEFORE INSERT ON "measurement"
WHEN EXISTS (SELECT 1 FROM "measurement" WHERE "measurement"."indicator_id" = NEW."indicator_id" AND "measurement"."period" = NEW."period") BEGIN
  INSERT INTO "sync_old_measurement"("indicator_id", "period", "value", "state", "numerator", "denominator", "source") SELECT "indicator_id", "period", "value", "state", "numerator", "denominator", "source" FROM "measurement" WHERE "measurement"."indicator_id" = NEW."indicator_id" AND "measurement"."period" = NEW."period";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (18, (SELECT rowid FROM "measurement" WHERE "measurement"."indicator_id" = NEW."indicator_id" AND "measurement"."period" = NEW."period"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_measurement_move" AFTER UPDATE ON "measurement" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."indicator_id" IS NOT OLD."indicator_id" OR NEW."period" IS NOT OLD."period" BEGIN
  INSERT INTO "sync_old_measurement"("indicator_id", "period", "value", "state", "numerator", "denominator", "source") VALUES (OLD."indicator_id", OLD."period", OLD."value", OLD."state", OLD."numerator", OLD."denominator", OLD."source");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (18, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (18, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_measurement_delete" AFTER DELETE ON "measurement" BEGIN
  INSERT INTO "sync_old_measurement"("indicator_id", "period", "value", "state", "numerator", "denominator", "source") VALUES (OLD."indicator_id", OLD."period", OLD."value", OLD."state", OLD."numerator", OLD."denominator", OLD."source");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (18, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_measurement_update" AFTER UPDATE ON "measurement"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."indicator_id" IS NOT OLD."indicator_id" OR NEW."period" IS NOT OLD."period") AND (((NEW."value" IS NOT OLD."value") << 0) | ((NEW."state" IS NOT OLD."state") << 1) | ((NEW."numerator" IS NOT OLD."numerator") << 2) | ((NEW."denominator" IS NOT OLD."denominator") << 3) | ((NEW."source" IS NOT OLD."source") << 4)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (18, NEW.rowid, ((NEW."value" IS NOT OLD."value") << 0) | ((NEW."state" IS NOT OLD."state") << 1) | ((NEW."numerator" IS NOT OLD."numerator") << 2) | ((NEW."denominator" IS NOT OLD."denominator") << 3) | ((NEW."source" IS NOT OLD."source") << 4), julianday('now'));
END;
CREATE TRIGGER "sync_capture_person_link_insert" AFTER INSERT ON "person_link" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (19, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_person_link_replace" BEFORE INSERT ON "person_link"
WHEN EXISTS (SELECT 1 FROM "person_link" WHERE "person_link"."id" = NEW."id") BEGIN
  INSERT INTO "sync_old_person_link"("id", "participant_id", "same_as", "decision", "decided_by", "decided_at") SELECT "id", "participant_id", "same_as", "decision", "decided_by", "decided_at" FROM "person_link" WHERE "person_link"."id" = NEW."id";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (19, (SELECT rowid FROM "person_link" WHERE "person_link"."id" = NEW."id"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_person_link_move" AFTER UPDATE ON "person_link" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id" BEGIN
  INSERT INTO "sync_old_person_link"("id", "participant_id", "same_as", "decision", "decided_by", "decided_at") VALUES (OLD."id", OLD."participant_id", OLD."same_as", OLD."decision", OLD."decided_by", OLD."decided_at");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (19, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (19, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_person_link_delete" AFTER DELETE ON "person_link" BEGIN
  INSERT INTO "sync_old_person_link"("id", "participant_id", "same_as", "decision", "decided_by", "decided_at") VALUES (OLD."id", OLD."participant_id", OLD."same_as", OLD."decision", OLD."decided_by", OLD."decided_at");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (19, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_person_link_update" AFTER UPDATE ON "person_link"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."id" IS NOT OLD."id") AND (((NEW."participant_id" IS NOT OLD."participant_id") << 0) | ((NEW."same_as" IS NOT OLD."same_as") << 1) | ((NEW."decision" IS NOT OLD."decision") << 2) | ((NEW."decided_by" IS NOT OLD."decided_by") << 3) | ((NEW."decided_at" IS NOT OLD."decided_at") << 4)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (19, NEW.rowid, ((NEW."participant_id" IS NOT OLD."participant_id") << 0) | ((NEW."same_as" IS NOT OLD."same_as") << 1) | ((NEW."decision" IS NOT OLD."decision") << 2) | ((NEW."decided_by" IS NOT OLD."decided_by") << 3) | ((NEW."decided_at" IS NOT OLD."decided_at") << 4), julianday('now'));
END;
CREATE TRIGGER "sync_capture_period_close_insert" AFTER INSERT ON "period_close" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (20, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_period_close_replace" BEFORE INSERT ON "period_close"
WHEN EXISTS (SELECT 1 FROM "period_close" WHERE "period_close"."period" = NEW."period") BEGIN
  INSERT INTO "sync_old_period_close"("period", "cut_off", "central_sequence", "definitions_version", "closed_by", "closed_at", "result") SELECT "period", "cut_off", "central_sequence", "definitions_version", "closed_by", "closed_at", "result" FROM "period_close" WHERE "period_close"."period" = NEW."period";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (20, (SELECT rowid FROM "period_close" WHERE "period_close"."period" = NEW."period"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_period_close_move" AFTER UPDATE ON "period_close" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."period" IS NOT OLD."period" BEGIN
  INSERT INTO "sync_old_period_close"("period", "cut_off", "central_sequence", "definitions_version", "closed_by", "closed_at", "result") VALUES (OLD."period", OLD."cut_off", OLD."central_sequence", OLD."definitions_version", OLD."closed_by", OLD."closed_at", OLD."result");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (20, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (20, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_period_close_delete" AFTER DELETE ON "period_close" BEGIN
  INSERT INTO "sync_old_period_close"("period", "cut_off", "central_sequence", "definitions_version", "closed_by", "closed_at", "result") VALUES (OLD."period", OLD."cut_off", OLD."central_sequence", OLD."definitions_version", OLD."closed_by", OLD."closed_at", OLD."result");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (20, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_period_close_update" AFTER UPDATE ON "period_close"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."period" IS NOT OLD."period") AND (((NEW."cut_off" IS NOT OLD."cut_off") << 0) | ((NEW."central_sequence" IS NOT OLD."central_sequence") << 1) | ((NEW."definitions_version" IS NOT OLD."definitions_version") << 2) | ((NEW."closed_by" IS NOT OLD."closed_by") << 3) | ((NEW."closed_at" IS NOT OLD."closed_at") << 4) | ((NEW."result" IS NOT OLD."result") << 5)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (20, NEW.rowid, ((NEW."cut_off" IS NOT OLD."cut_off") << 0) | ((NEW."central_sequence" IS NOT OLD."central_sequence") << 1) | ((NEW."definitions_version" IS NOT OLD."definitions_version") << 2) | ((NEW."closed_by" IS NOT OLD."closed_by") << 3) | ((NEW."closed_at" IS NOT OLD."closed_at") << 4) | ((NEW."result" IS NOT OLD."result") << 5), julianday('now'));
END;
CREATE TRIGGER "sync_capture_period_text_insert" AFTER INSERT ON "period_text" BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (21, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_period_text_replace" BEFORE INSERT ON "period_text"
WHEN EXISTS (SELECT 1 FROM "period_text" WHERE "period_text"."period" = NEW."period" AND "period_text"."section" = NEW."section" AND "period_text"."office_code" = NEW."office_code" AND "period_text"."language" = NEW."language") BEGIN
  INSERT INTO "sync_old_period_text"("period", "section", "office_code", "language", "body") SELECT "period", "section", "office_code", "language", "body" FROM "period_text" WHERE "period_text"."period" = NEW."period" AND "period_text"."section" = NEW."section" AND "period_text"."office_code" = NEW."office_code" AND "period_text"."language" = NEW."language";
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (21, (SELECT rowid FROM "period_text" WHERE "period_text"."period" = NEW."period" AND "period_text"."section" = NEW."section" AND "period_text"."office_code" = NEW."office_code" AND "period_text"."language" = NEW."language"), -3, julianday('now'),
    last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_period_text_move" AFTER UPDATE ON "period_text" WHEN NEW.rowid IS NOT OLD.rowid OR NEW."period" IS NOT OLD."period" OR NEW."section" IS NOT OLD."section" OR NEW."office_code" IS NOT OLD."office_code" OR NEW."language" IS NOT OLD."language" BEGIN
  INSERT INTO "sync_old_period_text"("period", "section", "office_code", "language", "body") VALUES (OLD."period", OLD."section", OLD."office_code", OLD."language", OLD."body");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (21, OLD.rowid, -2, julianday('now'), last_insert_rowid());
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (21, NEW.rowid, -1, julianday('now'));
END;
CREATE TRIGGER "sync_capture_period_text_delete" AFTER DELETE ON "period_text" BEGIN
  INSERT INTO "sync_old_period_text"("period", "section", "office_code", "language", "body") VALUES (OLD."period", OLD."section", OLD."office_code", OLD."language", OLD."body");
  INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (21, OLD.rowid, -2, julianday('now'), last_insert_rowid());
END;
CREATE TRIGGER "sync_capture_period_text_update" AFTER UPDATE ON "period_text"
WHEN NOT (NEW.rowid IS NOT OLD.rowid OR NEW."period" IS NOT OLD."period" OR NEW."section" IS NOT OLD."section" OR NEW."office_code" IS NOT OLD."office_code" OR NEW."language" IS NOT OLD."language") AND (((NEW."body" IS NOT OLD."body") << 0)) <> 0 BEGIN
  INSERT INTO sync_capture(table_no, row, mask, at) VALUES (21, NEW.rowid, ((NEW."body" IS NOT OLD."body") << 0), julianday('now'));
END;
COMMIT;
